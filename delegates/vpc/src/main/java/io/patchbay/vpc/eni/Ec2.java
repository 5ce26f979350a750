package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// EC2, as far as a node needs it. Each method is one call of the API of that name (a listing is as
/// many as it has pages), blocks for a bounded time, and fails by a {@link CloudException}.
public interface Ec2 {
    /// DescribeInstanceTypes.
    InstanceLimits limits(String instanceType);

    /// DescribeSubnets: those of a VPC in an availability zone.
    List<Subnet> subnets(String vpc, String zone);

    /// DescribeNetworkInterfaces: those that are attached to an instance.
    List<NetworkInterface> attachedTo(String instance);

    /// DescribeNetworkInterfaces: those of a VPC that have a tag, whatever its value is.
    List<NetworkInterface> tagged(String vpc, String key);

    /// DescribeInstances: those of the named that exist, terminated ones left out.
    Set<String> existing(Collection<String> instances);

    /// CreateNetworkInterface. The same token gives the same interface.
    NetworkInterface create(Creation wanted);

    /// AttachNetworkInterface.
    ///
    /// @return the attachment's id
    String attach(String eni, String instance, int card, int device);

    /// ModifyNetworkInterfaceAttribute: the interface goes with its instance.
    void deleteOnTermination(String eni, String attachment);

    /// ModifyNetworkInterfaceAttribute.
    void replaceGroups(String eni, List<String> groups);

    /// DetachNetworkInterface.
    void detach(String attachment);

    /// DeleteNetworkInterface.
    void delete(String eni);

    /// AssignPrivateIpAddresses, or AssignIpv6Addresses.
    ///
    /// @return what is new
    List<Cidr> assign(String eni, Order order);

    /// UnassignPrivateIpAddresses and UnassignIpv6Addresses: of each family, single addresses and
    /// prefixes are a call each.
    void unassign(String eni, Collection<Cidr> blocks);

    /// CreateTags.
    void tag(String eni, Map<String, String> tags);
}
