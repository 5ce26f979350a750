package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// EC2 as far as a test needs it: what it does not implement must not be called.
public interface PartOfEc2 extends Ec2 {
    @Override
    default InstanceLimits limits(String instanceType) {
        throw new UnsupportedOperationException();
    }

    @Override
    default List<Subnet> subnets(String vpc, String zone) {
        throw new UnsupportedOperationException();
    }

    @Override
    default List<NetworkInterface> attachedTo(String instance) {
        throw new UnsupportedOperationException();
    }

    @Override
    default List<NetworkInterface> tagged(String vpc, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Set<String> existing(Collection<String> instances) {
        throw new UnsupportedOperationException();
    }

    @Override
    default NetworkInterface create(Creation wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    default String attach(String eni, String instance, int card, int device) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void deleteOnTermination(String eni, String attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void replaceGroups(String eni, List<String> groups) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void detach(String attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void delete(String eni) {
        throw new UnsupportedOperationException();
    }

    @Override
    default List<Cidr> assign(String eni, Order order) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void unassign(String eni, Collection<Cidr> blocks) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void tag(String eni, Map<String, String> tags) {
        throw new UnsupportedOperationException();
    }
}
