package io.patchbay.vpc.ec2;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.ConnectionTracking;
import io.patchbay.vpc.eni.Creation;
import io.patchbay.vpc.eni.Ec2;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Subnet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ConnectionTrackingSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// EC2 by the AWS SDK, which makes each call once: whoever calls decides whether to try again. Its
/// sockets are in the network namespace of the process, which is the host's. Nothing is made,
/// loaded or asked before the first call, which loads some 3,000 classes: seconds of a CPU and
/// about 45 MB, most of it the client's one class with a method for each call of EC2, so that no
/// pod should have to wait for it. Safe from any thread.
public final class SdkEc2 implements Ec2, AutoCloseable {
    private static final int PAGE = 200;
    private static final String TERMINATED = "terminated";

    private final Calls calls;
    private final AddressCalls addresses;

    public SdkEc2(Access access) {
        this.calls = new Calls(access);
        this.addresses = new AddressCalls(calls);
    }

    @Override
    public InstanceLimits limits(String instanceType) {
        Failures failures = new Failures("DescribeInstanceTypes", instanceType);
        DescribeInstanceTypesResponse answer =
                calls.call(
                        failures,
                        ec2 ->
                                ec2.describeInstanceTypes(
                                        request -> request.instanceTypesWithStrings(instanceType)));
        return answer.instanceTypes().stream()
                .findFirst()
                .map(new Described(failures)::limits)
                .orElseThrow(() ->
                        new CloudException(
                                Reason.NOT_FOUND,
                                "EC2 knows no instance type %s in this region"
                                        .formatted(instanceType)));
    }

    @Override
    public List<Subnet> subnets(String vpc, String zone) {
        Failures failures = new Failures("DescribeSubnets", vpc + " in " + zone);
        List<Filter> filters = List.of(filter("vpc-id", vpc), filter("availability-zone", zone));
        return pages(
                failures,
                (ec2, page) -> {
                    var answer =
                            ec2.describeSubnets(request ->
                                    request.filters(filters)
                                            .maxResults(PAGE)
                                            .nextToken(page.orElse(null)));
                    return new Page<>(
                            answer.subnets().stream().map(new Described(failures)::subnet).toList(),
                            answer.nextToken());
                });
    }

    @Override
    public List<NetworkInterface> attachedTo(String instance) {
        return interfaces(instance, List.of(filter("attachment.instance-id", instance)));
    }

    @Override
    public List<NetworkInterface> tagged(String vpc, String key) {
        return interfaces(vpc, List.of(filter("vpc-id", vpc), filter("tag-key", key)));
    }

    private List<NetworkInterface> interfaces(String object, List<Filter> filters) {
        Failures failures = new Failures("DescribeNetworkInterfaces", object);
        return pages(
                failures,
                (ec2, page) -> {
                    var answer =
                            ec2.describeNetworkInterfaces(request ->
                                    request.filters(filters)
                                            .maxResults(PAGE)
                                            .nextToken(page.orElse(null)));
                    return new Page<>(
                            answer.networkInterfaces().stream()
                                    .map(new Described(failures)::networkInterface)
                                    .toList(),
                            answer.nextToken());
                });
    }

    @Override
    public Set<String> existing(Collection<String> instances) {
        if (instances.isEmpty()) {
            return Set.of();
        }
        // A filter, since an id that is not known would fail the whole listing.
        Filter ids = Filter.builder().name("instance-id").values(instances).build();
        Failures failures = new Failures("DescribeInstances", String.join(", ", instances));
        List<String> found =
                pages(
                        failures,
                        (ec2, page) -> {
                            var answer =
                                    ec2.describeInstances(request ->
                                            request.filters(ids)
                                                    .maxResults(PAGE)
                                                    .nextToken(page.orElse(null)));
                            return new Page<>(
                                    answer.reservations().stream()
                                            .map(Reservation::instances)
                                            .flatMap(List::stream)
                                            .filter(instance -> !isTerminated(instance))
                                            .map(Instance::instanceId)
                                            .toList(),
                                    answer.nextToken());
                        });
        return Set.copyOf(found);
    }

    private static boolean isTerminated(Instance instance) {
        return instance.state() != null && TERMINATED.equals(instance.state().nameAsString());
    }

    @Override
    public NetworkInterface create(Creation wanted) {
        Failures failures = new Failures("CreateNetworkInterface", "subnet " + wanted.subnet());
        var answer =
                calls.call(
                        failures,
                        ec2 ->
                                ec2.createNetworkInterface(request -> {
                                    request.clientToken(wanted.token())
                                            .subnetId(wanted.subnet())
                                            .groups(wanted.groups())
                                            .description(wanted.description());
                                    Order order = wanted.order();
                                    if (order.count() > 0) {
                                        switch (order.kind()) {
                                            case ADDRESSES ->
                                                    request.secondaryPrivateIpAddressCount(
                                                            order.count());
                                            case PREFIXES -> request.ipv4PrefixCount(order.count());
                                            case IPV6_PREFIXES ->
                                                    request.ipv6PrefixCount(order.count());
                                        }
                                    }
                                    wanted.tracking()
                                            .map(SdkEc2::tracking)
                                            .ifPresent(request::connectionTrackingSpecification);
                                    if (!wanted.tags().isEmpty()) {
                                        request.tagSpecifications(
                                                TagSpecification.builder()
                                                        .resourceType(
                                                                ResourceType.NETWORK_INTERFACE)
                                                        .tags(tags(wanted.tags()))
                                                        .build());
                                    }
                                }));
        return new Described(failures).networkInterface(answer.networkInterface());
    }

    private static ConnectionTrackingSpecificationRequest tracking(ConnectionTracking times) {
        return ConnectionTrackingSpecificationRequest.builder()
                .tcpEstablishedTimeout(times.tcpEstablished().orElse(null))
                .udpStreamTimeout(times.udpStream().orElse(null))
                .udpTimeout(times.udp().orElse(null))
                .build();
    }

    @Override
    public String attach(String eni, String instance, int card, int device) {
        Failures failures = new Failures("AttachNetworkInterface", eni);
        var answer =
                calls.call(
                        failures,
                        ec2 ->
                                ec2.attachNetworkInterface(request -> {
                                    request.networkInterfaceId(eni)
                                            .instanceId(instance)
                                            .deviceIndex(device);
                                    if (card > 0) {
                                        // Instances with one card need not be told, and older types
                                        // refuse it.
                                        request.networkCardIndex(card);
                                    }
                                }));
        return new Described(failures).required("attachmentId", answer.attachmentId());
    }

    @Override
    public void deleteOnTermination(String eni, String attachment) {
        calls.call(
                new Failures("ModifyNetworkInterfaceAttribute", eni),
                ec2 ->
                        ec2.modifyNetworkInterfaceAttribute(request ->
                                request.networkInterfaceId(eni)
                                        .attachment(change ->
                                                change.attachmentId(attachment)
                                                        .deleteOnTermination(true))));
    }

    @Override
    public void replaceGroups(String eni, List<String> groups) {
        calls.call(
                new Failures("ModifyNetworkInterfaceAttribute", eni),
                ec2 ->
                        ec2.modifyNetworkInterfaceAttribute(
                                request -> request.networkInterfaceId(eni).groups(groups)));
    }

    @Override
    public void detach(String attachment) {
        calls.call(
                new Failures("DetachNetworkInterface", attachment),
                ec2 -> ec2.detachNetworkInterface(request -> request.attachmentId(attachment)));
    }

    @Override
    public void delete(String eni) {
        calls.call(
                new Failures("DeleteNetworkInterface", eni),
                ec2 -> ec2.deleteNetworkInterface(request -> request.networkInterfaceId(eni)));
    }

    @Override
    public List<Cidr> assign(String eni, Order order) {
        return addresses.assign(eni, order);
    }

    @Override
    public void unassign(String eni, Collection<Cidr> blocks) {
        addresses.unassign(eni, blocks);
    }

    @Override
    public void tag(String eni, Map<String, String> tags) {
        calls.call(
                new Failures("CreateTags", eni),
                ec2 -> ec2.createTags(request -> request.resources(eni).tags(tags(tags))));
    }

    /// @param next where there are more
    private record Page<T>(List<T> entries, @Nullable String next) {}

    /// Every page, each in a call of its own.
    private <T> List<T> pages(
            Failures failures, BiFunction<Ec2Client, Optional<String>, Page<T>> request) {
        List<T> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Optional<String> from = next;
            Page<T> page = calls.call(failures, ec2 -> request.apply(ec2, from));
            all.addAll(page.entries);
            next = Optional.ofNullable(page.next).filter(token -> !token.isEmpty());
        } while (next.isPresent());
        return all;
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    @Override
    public void close() {
        calls.close();
    }
}
