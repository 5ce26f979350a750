package io.patchbay.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssignPrivateIpAddressesResponse;
import software.amazon.awssdk.services.ec2.model.AssignedPrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Ipv4PrefixSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.Ipv6PrefixSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceCreationType;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservationType;

/// What moto does not model, as the SDK makes and reads it.
class WireTest {
    private final TestEc2 cloud = new TestEc2("m5.large");
    private final Ec2Client ec2 = cloud.client();

    @AfterEach
    void close() {
        ec2.close();
        cloud.close();
    }

    private String create() {
        return ec2.createNetworkInterface(request -> request.subnetId("subnet-1"))
                .networkInterface()
                .networkInterfaceId();
    }

    private NetworkInterface read(String eni) {
        return ec2.describeNetworkInterfaces(request -> request.networkInterfaceIds(eni))
                .networkInterfaces()
                .getFirst();
    }

    private String attach(String eni, int device) {
        return ec2.attachNetworkInterface(request ->
                        request.networkInterfaceId(eni)
                                .instanceId(cloud.instance.id())
                                .deviceIndex(device))
                .attachmentId();
    }

    @Test
    void anInterfaceIsMadeWithPrefixes() {
        NetworkInterface eni =
                ec2.createNetworkInterface(request ->
                                request.subnetId("subnet-1").ipv4PrefixCount(2).ipv6PrefixCount(1))
                        .networkInterface();
        assertThat(eni.ipv4Prefixes())
                .extracting(prefix -> prefix.ipv4Prefix())
                .hasSize(2)
                .allMatch(text -> text.matches("10\\.0\\.0\\.\\d+/28"));
        assertThat(eni.ipv6Prefixes())
                .extracting(prefix -> prefix.ipv6Prefix())
                .singleElement()
                .asString()
                .matches("2001:db8:0:1:[0-9a-f]+::/80");
        assertThat(read(eni.networkInterfaceId()).ipv4Prefixes()).isEqualTo(eni.ipv4Prefixes());
    }

    @Test
    void namedBlocksAreTakenByName() {
        NetworkInterface eni =
                ec2.createNetworkInterface(request ->
                                request.subnetId("subnet-1")
                                        .privateIpAddress("10.0.0.10")
                                        .ipv4Prefixes(
                                                Ipv4PrefixSpecificationRequest.builder()
                                                        .ipv4Prefix("10.0.0.64/28")
                                                        .build())
                                        .ipv6Prefixes(
                                                Ipv6PrefixSpecificationRequest.builder()
                                                        .ipv6Prefix("2001:db8:0:1:7::/80")
                                                        .build()))
                        .networkInterface();
        assertThat(eni.privateIpAddress()).isEqualTo("10.0.0.10");
        assertThat(eni.ipv4Prefixes().getFirst().ipv4Prefix()).isEqualTo("10.0.0.64/28");
        assertThat(eni.ipv6Prefixes().getFirst().ipv6Prefix()).isEqualTo("2001:db8:0:1:7::/80");
        assertThat(
                        Refused.code(() ->
                                ec2.assignPrivateIpAddresses(request ->
                                        request.networkInterfaceId(eni.networkInterfaceId())
                                                .privateIpAddresses("10.0.0.70"))))
                .isEqualTo("InvalidIPAddress.InUse");
    }

    @Test
    void anAssignmentTellsWhatIsNewAlone() {
        String eni = create();
        AssignPrivateIpAddressesResponse first =
                ec2.assignPrivateIpAddresses(request ->
                        request.networkInterfaceId(eni).secondaryPrivateIpAddressCount(2));
        AssignPrivateIpAddressesResponse second =
                ec2.assignPrivateIpAddresses(
                        request -> request.networkInterfaceId(eni).ipv4PrefixCount(1));
        assertThat(first.networkInterfaceId()).isEqualTo(eni);
        assertThat(first.assignedPrivateIpAddresses()).hasSize(2);
        assertThat(second.assignedPrivateIpAddresses()).isEmpty();
        assertThat(second.assignedIpv4Prefixes()).hasSize(1);
        String prefix = second.assignedIpv4Prefixes().getFirst().ipv4Prefix();
        ec2.unassignPrivateIpAddresses(
                request -> request.networkInterfaceId(eni).ipv4Prefixes(prefix));
        assertThat(read(eni).ipv4Prefixes()).isEmpty();
        assertThat(read(eni).privateIpAddresses())
                .extracting(address -> address.privateIpAddress())
                .containsAll(
                        first.assignedPrivateIpAddresses().stream()
                                .map(AssignedPrivateIpAddress::privateIpAddress)
                                .toList());
        assertThat(
                        Refused.code(() ->
                                ec2.unassignPrivateIpAddresses(request ->
                                        request.networkInterfaceId(eni).ipv4Prefixes(prefix))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void ipv6ComesAndGoes() {
        String eni = create();
        var assigned =
                ec2.assignIpv6Addresses(
                        request -> request.networkInterfaceId(eni).ipv6AddressCount(2));
        var prefixes =
                ec2.assignIpv6Addresses(
                        request -> request.networkInterfaceId(eni).ipv6PrefixCount(1));
        assertThat(assigned.assignedIpv6Addresses()).hasSize(2);
        assertThat(prefixes.assignedIpv6Prefixes()).hasSize(1);
        assertThat(read(eni).ipv6Addresses())
                .extracting(address -> address.ipv6Address())
                .containsExactlyInAnyOrderElementsOf(assigned.assignedIpv6Addresses());
        var gone =
                ec2.unassignIpv6Addresses(request ->
                        request.networkInterfaceId(eni)
                                .ipv6Addresses(assigned.assignedIpv6Addresses()));
        assertThat(gone.unassignedIpv6Addresses())
                .containsExactlyInAnyOrderElementsOf(assigned.assignedIpv6Addresses());
        assertThat(read(eni).ipv6Addresses()).isEmpty();
    }

    @Test
    void theLimitsOfTheTypeHold() {
        String eni = create();
        attach(eni, 1);
        assertThat(
                        Refused.by(() ->
                                ec2.assignPrivateIpAddresses(request ->
                                        request.networkInterfaceId(eni)
                                                .secondaryPrivateIpAddressCount(10))))
                .isEqualTo(
                        new Refused(
                                400,
                                "PrivateIpAddressLimitExceeded",
                                "Number of private addresses will exceed limit."));
        attach(create(), 2);
        assertThat(Refused.by(() -> attach(create(), 3)))
                .isEqualTo(
                        new Refused(
                                400,
                                "AttachmentLimitExceeded",
                                "Interface count 4 exceeds the limit for m5.large"));
    }

    @Test
    void aSubnetThatIsFullOrFragmentedSaysWhichItIs() {
        assertThat(
                        Refused.code(() ->
                                ec2.createNetworkInterface(request ->
                                        request.subnetId("subnet-2")
                                                .secondaryPrivateIpAddressCount(27))))
                .isEqualTo("InsufficientFreeAddressesInSubnet");
        assertThat(
                        Refused.by(() ->
                                ec2.createNetworkInterface(request ->
                                        request.subnetId("subnet-2").ipv4PrefixCount(1))))
                .isEqualTo(
                        new Refused(
                                400,
                                "InvalidParameterValue",
                                "There aren't sufficient free Ipv4 addresses or prefixes"));
        String eni = create();
        assertThat(
                        Refused.code(() ->
                                ec2.assignPrivateIpAddresses(request ->
                                        request.networkInterfaceId(eni).ipv4PrefixCount(15))))
                .isIn("InsufficientCidrBlocks", "InvalidParameterValue");
    }

    @Test
    void branchesAreAssociatedByVlan() {
        NetworkInterface trunk =
                ec2.createNetworkInterface(request ->
                                request.subnetId("subnet-1")
                                        .interfaceType(NetworkInterfaceCreationType.TRUNK))
                        .networkInterface();
        assertThat(trunk.interfaceTypeAsString()).isEqualTo("trunk");
        attach(trunk.networkInterfaceId(), 1);
        String branch = create();
        var association =
                ec2.associateTrunkInterface(request ->
                                request.trunkInterfaceId(trunk.networkInterfaceId())
                                        .branchInterfaceId(branch)
                                        .vlanId(7)
                                        .clientToken("t"))
                        .interfaceAssociation();
        assertThat(association.vlanId()).isEqualTo(7);
        assertThat(read(branch).interfaceTypeAsString()).isEqualTo("branch");
        assertThat(
                        ec2.describeTrunkInterfaceAssociations(request ->
                                        request.filters(
                                                filter(
                                                        "trunk-interface-association.trunk-interface-id",
                                                        trunk.networkInterfaceId())))
                                .interfaceAssociations())
                .containsExactly(association);
        ec2.disassociateTrunkInterface(
                request -> request.associationId(association.associationId()));
        assertThat(
                        ec2.describeTrunkInterfaceAssociations(request ->
                                        request.associationIds(association.associationId()))
                                .interfaceAssociations())
                .isEmpty();
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    @Test
    void listsComeInPages() {
        for (int i = 0; i < 11; i++) {
            create();
        }
        List<Integer> sizes =
                ec2.describeNetworkInterfacesPaginator(request -> request.maxResults(5)).stream()
                        .map(page -> page.networkInterfaces().size())
                        .toList();
        assertThat(sizes).containsExactly(5, 5, 2);
        assertThat(
                        ec2
                                .describeNetworkInterfacesPaginator(
                                        request -> request.maxResults(5))
                                .networkInterfaces()
                                .stream()
                                .map(NetworkInterface::networkInterfaceId))
                .hasSize(12)
                .doesNotHaveDuplicates();
        assertThat(
                        Refused.code(() ->
                                ec2.describeNetworkInterfaces(request -> request.maxResults(4))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void aRepeatedRequestMakesNothingMore() {
        String first = create("token", "subnet-1");
        assertThat(create("token", "subnet-1")).isEqualTo(first);
        assertThat(create("other", "subnet-1")).isNotEqualTo(first);
        assertThat(Refused.code(() -> create("token", "subnet-2")))
                .isEqualTo("IdempotentParameterMismatch");
        assertThat(cloud.ledger.now().interfaces()).hasSize(3);
    }

    private String create(String token, String subnet) {
        return ec2.createNetworkInterface(request -> request.subnetId(subnet).clientToken(token))
                .networkInterface()
                .networkInterfaceId();
    }

    @Test
    void whatIsDryIsNotDone() {
        assertThat(
                        Refused.by(() ->
                                        ec2.createNetworkInterface(request ->
                                                request.subnetId("subnet-1").dryRun(true)))
                                .code())
                .isEqualTo("DryRunOperation");
        assertThat(cloud.ledger.now().interfaces()).hasSize(1);
    }

    @Test
    void connectionTrackingAndDeletionWithTheInstanceAreKept() {
        NetworkInterface eni =
                ec2.createNetworkInterface(request ->
                                request.subnetId("subnet-1")
                                        .connectionTrackingSpecification(times ->
                                                times.tcpEstablishedTimeout(500).udpTimeout(30)))
                        .networkInterface();
        assertThat(eni.connectionTrackingConfiguration().tcpEstablishedTimeout()).isEqualTo(500);
        assertThat(eni.connectionTrackingConfiguration().udpStreamTimeout()).isNull();
        String id = eni.networkInterfaceId();
        String attachment = attach(id, 1);
        assertThat(read(id).attachment().deleteOnTermination()).isFalse();
        ec2.modifyNetworkInterfaceAttribute(request ->
                request.networkInterfaceId(id)
                        .attachment(change ->
                                change.attachmentId(attachment).deleteOnTermination(true)));
        assertThat(read(id).attachment().deleteOnTermination()).isTrue();
        assertThat(read(id).attachment().attachTime()).isEqualTo(cloud.clock.instant());
        assertThat(
                        Refused.by(() ->
                                ec2.deleteNetworkInterface(
                                        request -> request.networkInterfaceId(id))))
                .isEqualTo(
                        new Refused(
                                400,
                                "InvalidParameterValue",
                                "Network interface '%s' is currently in use.".formatted(id)));
        ec2.terminateInstances(request -> request.instanceIds(cloud.instance.id()));
        assertThat(cloud.ledger.now().interfaces()).isEmpty();
    }

    @Test
    void reservationsOfASubnetAreTold() {
        var made =
                ec2.createSubnetCidrReservation(request ->
                                request.subnetId("subnet-1")
                                        .cidr("10.0.0.128/25")
                                        .reservationType(SubnetCidrReservationType.PREFIX))
                        .subnetCidrReservation();
        assertThat(made.reservationType()).isEqualTo(SubnetCidrReservationType.PREFIX);
        assertThat(
                        ec2.getSubnetCidrReservations(request -> request.subnetId("subnet-1"))
                                .subnetIpv4CidrReservations())
                .containsExactly(made);
    }

    @Test
    void theVpcItsSubnetsAndGroupsAreDescribed() {
        var vpc = ec2.describeVpcs().vpcs().getFirst();
        assertThat(vpc.cidrBlockAssociationSet())
                .extracting(block -> block.cidrBlock())
                .containsExactly("10.0.0.0/16");
        assertThat(vpc.ipv6CidrBlockAssociationSet())
                .extracting(block -> block.ipv6CidrBlock())
                .containsExactly("2001:db8::/56");
        assertThat(
                        ec2.describeSubnets(request ->
                                        request.filters(
                                                filter("vpc-id", "vpc-1"),
                                                filter("availability-zone", "eu-central-1a"),
                                                filter("tag:kubernetes.io/role/cni", "1")))
                                .subnets())
                .extracting(subnet -> subnet.availableIpAddressCount())
                .containsExactly(250, 27);
        var pods =
                ec2.describeSecurityGroups(request -> request.groupIds("sg-2"))
                        .securityGroups()
                        .getFirst();
        assertThat(pods.ipPermissions().getFirst().fromPort()).isEqualTo(53);
        assertThat(pods.ipPermissions().getFirst().userIdGroupPairs().getFirst().groupId())
                .isEqualTo("sg-1");
        assertThat(pods.ipPermissionsEgress().getFirst().ipRanges().getFirst().cidrIp())
                .isEqualTo("0.0.0.0/0");
    }

    @Test
    void anUnknownActionFilterOrAttributeIsRefused() {
        assertThat(Refused.code(ec2::describeKeyPairs)).isEqualTo("InvalidAction");
        assertThat(
                        Refused.code(() ->
                                ec2.describeNetworkInterfaces(
                                        request -> request.filters(filter("colour", "red")))))
                .isEqualTo("InvalidParameterValue");
        String eni = create();
        assertThat(
                        Refused.code(() ->
                                ec2.modifyNetworkInterfaceAttribute(
                                        request -> request.networkInterfaceId(eni))))
                .isEqualTo("MissingParameter");
        assertThat(
                        Refused.code(() ->
                                ec2.createNetworkInterface(
                                        request -> request.description("no subnet"))))
                .isEqualTo("MissingParameter");
    }
}
