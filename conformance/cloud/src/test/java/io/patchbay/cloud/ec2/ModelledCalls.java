package io.patchbay.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeHypervisor;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// The calls that moto models too, as the SDK makes and reads them. What moto lacks is in vpc-cni's
/// issues and in the other tests: limits, prefixes, trunks, refusals for want of space.
interface ModelledCalls {
    String OURS = "node.k8s.amazonaws.com/instance_id";

    Ec2Client ec2();

    String subnet();

    String group();

    /// An m5.large of that subnet.
    String instance();

    private NetworkInterface create(int secondaries) {
        return ec2().createNetworkInterface(request ->
                        request.subnetId(subnet())
                                .groups(group())
                                .description("aws-K8S-" + instance())
                                .secondaryPrivateIpAddressCount(secondaries)
                                .tagSpecifications(
                                        TagSpecification.builder()
                                                .resourceType(ResourceType.NETWORK_INTERFACE)
                                                .tags(
                                                        Tag.builder()
                                                                .key(OURS)
                                                                .value("a & b")
                                                                .build())
                                                .build()))
                .networkInterface();
    }

    private NetworkInterface read(String eni) {
        return ec2().describeNetworkInterfaces(request -> request.networkInterfaceIds(eni))
                .networkInterfaces()
                .getFirst();
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static Stream<String> addresses(NetworkInterface eni) {
        return eni.privateIpAddresses().stream()
                .map(NetworkInterfacePrivateIpAddress::privateIpAddress);
    }

    @Test
    default void anInterfaceIsMadeWithItsAddressesGroupsAndTags() {
        NetworkInterface eni = create(3);
        assertThat(eni.networkInterfaceId()).startsWith("eni-");
        assertThat(eni.macAddress()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        assertThat(eni.subnetId()).isEqualTo(subnet());
        assertThat(eni.description()).isEqualTo("aws-K8S-" + instance());
        assertThat(eni.groups()).extracting(group -> group.groupId()).containsExactly(group());
        assertThat(eni.tagSet()).containsExactly(Tag.builder().key(OURS).value("a & b").build());
        assertThat(addresses(eni)).hasSize(4).contains(eni.privateIpAddress());
        assertThat(eni.privateIpAddresses())
                .filteredOn(NetworkInterfacePrivateIpAddress::primary)
                .extracting(NetworkInterfacePrivateIpAddress::privateIpAddress)
                .containsExactly(eni.privateIpAddress());
        NetworkInterface read = read(eni.networkInterfaceId());
        assertThat(read.privateIpAddresses())
                .containsExactlyInAnyOrderElementsOf(eni.privateIpAddresses());
        assertThat(read.status()).isEqualTo(NetworkInterfaceStatus.AVAILABLE);
        assertThat(read.sourceDestCheck()).isTrue();
        assertThat(read.attachment()).isNull();
    }

    @Test
    default void interfacesAreFoundByFilters() {
        NetworkInterface eni = create(0);
        for (Filter filter :
                List.of(
                        filter("tag-key", OURS),
                        filter("tag:" + OURS, "a & b"),
                        filter("status", "available", "in-use"),
                        filter("vpc-id", eni.vpcId()),
                        filter("subnet-id", subnet()),
                        filter("description", "aws-K8S-*"))) {
            assertThat(
                            ec2().describeNetworkInterfaces(request ->
                                            request.filters(filter, filter("vpc-id", eni.vpcId())))
                                    .networkInterfaces())
                    .extracting(NetworkInterface::networkInterfaceId)
                    .as(filter.name())
                    .contains(eni.networkInterfaceId());
        }
        assertThat(
                        ec2().describeNetworkInterfaces(
                                        request -> request.filters(filter("tag-key", "nobody's")))
                                .networkInterfaces())
                .isEmpty();
    }

    @Test
    default void anInterfaceIsAttachedKeptAndTakenAway() {
        String eni = create(0).networkInterfaceId();
        String attachment =
                ec2().attachNetworkInterface(request ->
                                request.networkInterfaceId(eni)
                                        .instanceId(instance())
                                        .deviceIndex(1))
                        .attachmentId();
        NetworkInterface attached = read(eni);
        assertThat(attached.status()).isEqualTo(NetworkInterfaceStatus.IN_USE);
        assertThat(attached.attachment().attachmentId()).isEqualTo(attachment);
        assertThat(attached.attachment().instanceId()).isEqualTo(instance());
        assertThat(attached.attachment().deviceIndex()).isEqualTo(1);
        assertThat(attached.attachment().attachTime()).isNotNull();
        assertThat(
                        ec2().describeNetworkInterfaces(request ->
                                        request.filters(
                                                filter("attachment.instance-id", instance())))
                                .networkInterfaces())
                .extracting(NetworkInterface::networkInterfaceId)
                .hasSize(2)
                .contains(eni);
        assertThat(
                        ec2().describeInstances(request -> request.instanceIds(instance()))
                                .reservations()
                                .getFirst()
                                .instances()
                                .getFirst()
                                .networkInterfaces())
                .extracting(each -> each.attachment().deviceIndex())
                .containsExactlyInAnyOrder(0, 1);
        ec2().detachNetworkInterface(request -> request.attachmentId(attachment));
        assertThat(read(eni).status()).isEqualTo(NetworkInterfaceStatus.AVAILABLE);
        ec2().deleteNetworkInterface(request -> request.networkInterfaceId(eni));
        assertThat(Refused.code(() -> read(eni))).isEqualTo("InvalidNetworkInterfaceID.NotFound");
    }

    @Test
    default void addressesComeAndGo() {
        String eni = create(1).networkInterfaceId();
        List<String> before = addresses(read(eni)).toList();
        ec2().assignPrivateIpAddresses(request ->
                request.networkInterfaceId(eni).secondaryPrivateIpAddressCount(2));
        List<String> grown = addresses(read(eni)).toList();
        assertThat(grown).hasSize(4).containsAll(before).doesNotHaveDuplicates();
        List<String> gone = grown.stream().filter(each -> !before.contains(each)).toList();
        ec2().unassignPrivateIpAddresses(
                        request -> request.networkInterfaceId(eni).privateIpAddresses(gone));
        assertThat(addresses(read(eni))).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    default void attributesAreChanged() {
        String eni = create(0).networkInterfaceId();
        ec2().modifyNetworkInterfaceAttribute(request ->
                request.networkInterfaceId(eni).sourceDestCheck(value -> value.value(false)));
        ec2().modifyNetworkInterfaceAttribute(request ->
                request.networkInterfaceId(eni).description(value -> value.value("other")));
        ec2().modifyNetworkInterfaceAttribute(
                        request -> request.networkInterfaceId(eni).groups(group()));
        assertThat(read(eni).sourceDestCheck()).isFalse();
        assertThat(read(eni).description()).isEqualTo("other");
        assertThat(read(eni).groups()).extracting(each -> each.groupId()).containsExactly(group());
    }

    @Test
    default void tagsComeAndGo() {
        String eni = create(0).networkInterfaceId();
        Tag tag = Tag.builder().key("node.k8s.amazonaws.com/no_manage").value("true").build();
        ec2().createTags(request -> request.resources(eni).tags(tag));
        assertThat(read(eni).tagSet()).hasSize(2).contains(tag);
        ec2().deleteTags(request -> request.resources(eni).tags(tag));
        assertThat(read(eni).tagSet()).hasSize(1).doesNotContain(tag);
    }

    @Test
    default void subnetsTellTheirFreeAddresses() {
        Subnet before = subnetNow();
        create(0);
        assertThat(before.cidrBlock()).startsWith("10.0.0.0/");
        assertThat(before.availabilityZone()).startsWith("eu-central-1");
        assertThat(subnetNow().availableIpAddressCount())
                .isEqualTo(before.availableIpAddressCount() - 1);
        assertThat(
                        ec2().describeVpcs(request -> request.vpcIds(before.vpcId()))
                                .vpcs()
                                .getFirst()
                                .cidrBlock())
                .isEqualTo("10.0.0.0/16");
    }

    private Subnet subnetNow() {
        return ec2().describeSubnets(request -> request.filters(filter("subnet-id", subnet())))
                .subnets()
                .getFirst();
    }

    @Test
    default void anInstanceTypeTellsItsLimits() {
        var type =
                ec2().describeInstanceTypes(
                                request -> request.instanceTypesWithStrings("p4d.24xlarge"))
                        .instanceTypes()
                        .getFirst();
        assertThat(type.hypervisor()).isEqualTo(InstanceTypeHypervisor.NITRO);
        assertThat(type.bareMetal()).isFalse();
        assertThat(type.networkInfo().ipv4AddressesPerInterface()).isEqualTo(50);
        assertThat(type.networkInfo().networkCards())
                .extracting(card -> card.maximumNetworkInterfaces())
                .containsExactly(15, 15, 15, 15);
        assertThat(
                        Refused.code(() ->
                                ec2().describeInstanceTypes(request ->
                                        request.instanceTypesWithStrings("m5.nothing"))))
                .isEqualTo("InvalidInstanceType");
    }

    @Test
    default void whatIsNotThereIsRefusedByItsName() {
        assertThat(
                        Refused.code(() ->
                                ec2().describeSubnets(request ->
                                        request.subnetIds("subnet-0123456789abcdef0"))))
                .isEqualTo("InvalidSubnetID.NotFound");
        assertThat(
                        Refused.code(() ->
                                ec2().createNetworkInterface(request ->
                                        request.subnetId("subnet-0123456789abcdef0"))))
                .isEqualTo("InvalidSubnetID.NotFound");
        assertThat(
                        Refused.code(() ->
                                ec2().describeInstances(request ->
                                        request.instanceIds("i-0123456789abcdef0"))))
                .isEqualTo("InvalidInstanceID.NotFound");
        assertThat(
                        Refused.code(() ->
                                ec2().deleteNetworkInterface(request ->
                                        request.networkInterfaceId("eni-0123456789abcdef0"))))
                .isEqualTo("InvalidNetworkInterfaceID.NotFound");
    }
}
