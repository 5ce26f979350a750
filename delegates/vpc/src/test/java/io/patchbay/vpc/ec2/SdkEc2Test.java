package io.patchbay.vpc.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.ConnectionTracking;
import io.patchbay.vpc.eni.Creation;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.NetworkInterface.Attachment;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Subnet;
import io.patchbay.vpc.imds.ScriptedImds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkEc2Test {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ENI =
            """
            <networkInterfaceId>eni-1</networkInterfaceId><subnetId>subnet-a</subnetId>
            <vpcId>vpc-1</vpcId><description>of a node</description><status>in-use</status>
            <macAddress>02:00:00:00:00:01</macAddress><privateIpAddress>10.0.0.4</privateIpAddress>
            <interfaceType>interface</interfaceType>
            <groupSet><item><groupId>sg-1</groupId></item><item><groupId>sg-2</groupId></item></groupSet>
            <connectionTrackingConfiguration><tcpEstablishedTimeout>350</tcpEstablishedTimeout>
              <udpStreamTimeout>60</udpStreamTimeout></connectionTrackingConfiguration>
            <tagSet><item><key>k</key><value>v</value></item></tagSet>
            <privateIpAddressesSet>
              <item><privateIpAddress>10.0.0.4</privateIpAddress><primary>true</primary></item>
              <item><privateIpAddress>10.0.0.9</privateIpAddress><primary>false</primary></item>
            </privateIpAddressesSet>
            <ipv4PrefixSet><item><ipv4Prefix>10.0.0.32/28</ipv4Prefix></item></ipv4PrefixSet>
            <ipv6AddressesSet>
              <item><ipv6Address>2001:db8::9</ipv6Address></item>
              <item><ipv6Address>2001:db8::4</ipv6Address><isPrimaryIpv6>true</isPrimaryIpv6></item>
            </ipv6AddressesSet>
            <ipv6PrefixSet><item><ipv6Prefix>2001:db8:0:0:1::/80</ipv6Prefix></item></ipv6PrefixSet>
            <attachment><attachmentId>eni-attach-1</attachmentId><instanceId>i-1</instanceId>
              <deviceIndex>2</deviceIndex><networkCardIndex>1</networkCardIndex><status>attached</status>
              <attachTime>2026-01-01T00:00:00.000Z</attachTime>
              <deleteOnTermination>true</deleteOnTermination></attachment>
            """;
    private static final String TIMES = "ConnectionTrackingSpecification.";
    private static final ConnectionTracking TRACKING =
            new ConnectionTracking(Optional.of(350), Optional.of(60), Optional.empty());
    private static final NetworkInterface READ =
            new NetworkInterface(
                    "eni-1",
                    MacAddress.parse("02:00:00:00:00:01"),
                    "interface",
                    "in-use",
                    "subnet-a",
                    "of a node",
                    List.of("sg-1", "sg-2"),
                    Optional.of(Cidr.address("10.0.0.4")),
                    Optional.of(Cidr.address("2001:db8::4")),
                    List.of(
                            Cidr.parse("10.0.0.9/32"),
                            Cidr.parse("10.0.0.32/28"),
                            Cidr.parse("2001:db8::9/128"),
                            Cidr.parse("2001:db8:0:0:1::/80")),
                    Map.of("k", "v"),
                    Optional.of(TRACKING),
                    Optional.of(
                            new Attachment(
                                    "eni-attach-1",
                                    "i-1",
                                    1,
                                    2,
                                    true,
                                    Instant.parse("2026-01-01T00:00:00Z"))));

    private final ScriptedImds imds = Role.served();
    private final ScriptedEc2 server = new ScriptedEc2();
    private final SdkEc2 ec2 =
            new SdkEc2(
                    new Access(
                            "eu-west-1",
                            Optional.of(server.endpoint()),
                            imds.endpoint(),
                            PATIENCE));

    @AfterEach
    void close() {
        ec2.close();
        server.close();
        imds.close();
    }

    @Test
    void whatIsAttachedIsReadWithAllItHas() {
        server.answer(
                "DescribeNetworkInterfaces",
                "<networkInterfaceSet><item>" + ENI + "</item></networkInterfaceSet>");
        assertThat(ec2.attachedTo("i-1")).containsExactly(READ);
        assertThat(sent())
                .containsEntry("Filter.1.Name", "attachment.instance-id")
                .containsEntry("Filter.1.Value.1", "i-1");
    }

    @Test
    void aListingHasAllItsPages() {
        server.answer(
                "DescribeNetworkInterfaces",
                "<networkInterfaceSet><item>%s</item></networkInterfaceSet><nextToken>more</nextToken>"
                        .formatted(ENI),
                "<networkInterfaceSet><item>%s</item></networkInterfaceSet><nextToken></nextToken>"
                        .formatted(ENI.replace("eni-1", "eni-2")));
        assertThat(ec2.tagged("vpc-1", "owner"))
                .extracting(NetworkInterface::id)
                .containsExactly("eni-1", "eni-2");
        assertThat(sent())
                .containsEntry("Filter.1.Value.1", "vpc-1")
                .containsEntry("Filter.2.Name", "tag-key")
                .containsEntry("Filter.2.Value.1", "owner")
                .containsEntry("NextToken", "more");
    }

    @Test
    void anInterfaceWithoutIpv4IsReadTooForItTakesADeviceNumber() {
        server.answer(
                "DescribeNetworkInterfaces",
                """
                <networkInterfaceSet><item><networkInterfaceId>eni-9</networkInterfaceId>
                <subnetId>subnet-a</subnetId><status>in-use</status><interfaceType>efa-only</interfaceType>
                <macAddress>02:00:00:00:00:09</macAddress></item></networkInterfaceSet>
                """);
        NetworkInterface eni = ec2.attachedTo("i-1").getFirst();
        assertThat(eni.type()).isEqualTo("efa-only");
        assertThat(eni.primary()).isEmpty();
        assertThat(eni.attachment()).isEmpty();
    }

    @Test
    void theFirstAddressOfIpv6IsTheInterfacesOwnWhereNoneIsMarked() {
        server.answer(
                "DescribeNetworkInterfaces",
                "<networkInterfaceSet><item>%s</item></networkInterfaceSet>"
                        .formatted(ENI.replace("<isPrimaryIpv6>true</isPrimaryIpv6>", "")));
        NetworkInterface eni = ec2.attachedTo("i-1").getFirst();
        assertThat(eni.primary6()).contains(Cidr.address("2001:db8::9"));
        assertThat(eni.blocks())
                .contains(Cidr.parse("2001:db8::4/128"))
                .doesNotContain(Cidr.parse("2001:db8::9/128"));
    }

    @Test
    void anInterfaceIsMadeWithItsPrefixesAndTagsAtOnce() {
        server.answer("CreateNetworkInterface", "<networkInterface>" + ENI + "</networkInterface>");
        Creation wanted =
                new Creation(
                        "token-1",
                        "subnet-a",
                        List.of("sg-1"),
                        "of a node",
                        Map.of("k", "v"),
                        Optional.of(TRACKING),
                        Order.prefixes(2));
        assertThat(ec2.create(wanted)).isEqualTo(READ);
        assertThat(sent())
                .containsEntry("ClientToken", "token-1")
                .containsEntry("SubnetId", "subnet-a")
                .containsEntry("SecurityGroupId.1", "sg-1")
                .containsEntry("Description", "of a node")
                .containsEntry(TIMES + "TcpEstablishedTimeout", "350")
                .containsEntry(TIMES + "UdpStreamTimeout", "60")
                .doesNotContainKey(TIMES + "UdpTimeout")
                .containsEntry("Ipv4PrefixCount", "2")
                .doesNotContainKey("SecondaryPrivateIpAddressCount")
                .containsEntry("TagSpecification.1.ResourceType", "network-interface")
                .containsEntry("TagSpecification.1.Tag.1.Key", "k")
                .containsEntry("TagSpecification.1.Tag.1.Value", "v");
    }

    @Test
    void anInterfaceIsMadeWithoutAnyBlockToo() {
        server.answer("CreateNetworkInterface", "<networkInterface>" + ENI + "</networkInterface>");
        ec2.create(
                new Creation(
                        "t",
                        "subnet-a",
                        List.of(),
                        "",
                        Map.of(),
                        Optional.empty(),
                        Order.addresses(0)));
        assertThat(sent()).doesNotContainKeys("Ipv4PrefixCount", "SecondaryPrivateIpAddressCount");
    }

    @Test
    void anInterfaceIsMadeWithAPrefixOfIpv6() {
        server.answer("CreateNetworkInterface", "<networkInterface>" + ENI + "</networkInterface>");
        ec2.create(
                new Creation(
                        "t",
                        "subnet-a",
                        List.of(),
                        "",
                        Map.of(),
                        Optional.empty(),
                        Order.ipv6Prefixes(1)));
        assertThat(sent())
                .containsEntry("Ipv6PrefixCount", "1")
                .doesNotContainKeys("Ipv4PrefixCount", "SecondaryPrivateIpAddressCount");
    }

    @Test
    void attachingTellsTheCardWhereThereAreSeveral() {
        server.answer("AttachNetworkInterface", "<attachmentId>eni-attach-7</attachmentId>");
        assertThat(ec2.attach("eni-1", "i-1", 0, 3)).isEqualTo("eni-attach-7");
        assertThat(sent())
                .containsEntry("DeviceIndex", "3")
                .containsEntry("InstanceId", "i-1")
                .doesNotContainKey("NetworkCardIndex");
        ec2.attach("eni-1", "i-1", 2, 1);
        assertThat(sent()).containsEntry("NetworkCardIndex", "2");
    }

    @Test
    void attributesAreChangedOneAtATime() {
        server.answer("ModifyNetworkInterfaceAttribute", "<return>true</return>");
        ec2.deleteOnTermination("eni-1", "eni-attach-1");
        assertThat(sent())
                .containsEntry("Attachment.AttachmentId", "eni-attach-1")
                .containsEntry("Attachment.DeleteOnTermination", "true");
        ec2.replaceGroups("eni-1", List.of("sg-3", "sg-4"));
        assertThat(sent())
                .containsEntry("NetworkInterfaceId", "eni-1")
                .containsEntry("SecurityGroupId.2", "sg-4")
                .doesNotContainKey("Attachment.AttachmentId");
    }

    @Test
    void interfacesAreTakenOffAndDeleted() {
        server.answer("DetachNetworkInterface", "<return>true</return>")
                .answer("DeleteNetworkInterface", "<return>true</return>");
        ec2.detach("eni-attach-1");
        assertThat(sent()).containsEntry("AttachmentId", "eni-attach-1");
        ec2.delete("eni-1");
        assertThat(sent()).containsEntry("NetworkInterfaceId", "eni-1");
    }

    @Test
    void whatIsAssignedIsWhatIsNew() {
        server.answer(
                "AssignPrivateIpAddresses",
                """
                <networkInterfaceId>eni-1</networkInterfaceId>
                <assignedPrivateIpAddressesSet>
                <item><privateIpAddress>10.0.0.20</privateIpAddress></item></assignedPrivateIpAddressesSet>
                """,
                """
                <networkInterfaceId>eni-1</networkInterfaceId><assignedIpv4PrefixSet>
                <item><ipv4Prefix>10.0.0.48/28</ipv4Prefix></item></assignedIpv4PrefixSet>
                """);
        assertThat(ec2.assign("eni-1", Order.addresses(1)))
                .containsExactly(Cidr.parse("10.0.0.20/32"));
        assertThat(sent()).containsEntry("SecondaryPrivateIpAddressCount", "1");
        assertThat(ec2.assign("eni-1", Order.prefixes(1)))
                .containsExactly(Cidr.parse("10.0.0.48/28"));
        assertThat(sent()).containsEntry("Ipv4PrefixCount", "1");
    }

    @Test
    void prefixesOfIpv6AreAssignedByACallOfTheirOwn() {
        server.answer(
                "AssignIpv6Addresses",
                """
                <networkInterfaceId>eni-1</networkInterfaceId><assignedIpv6PrefixSet>
                <item>2001:db8:0:0:2::/80</item></assignedIpv6PrefixSet>
                """);
        assertThat(ec2.assign("eni-1", Order.ipv6Prefixes(1)))
                .containsExactly(Cidr.parse("2001:db8:0:0:2::/80"));
        assertThat(sent())
                .containsEntry("NetworkInterfaceId", "eni-1")
                .containsEntry("Ipv6PrefixCount", "1");
    }

    @Test
    void whatIsOfIpv6IsTakenOffByCallsOfTheirOwn() {
        server.answer("UnassignIpv6Addresses", "<networkInterfaceId>eni-1</networkInterfaceId>")
                .answer("UnassignPrivateIpAddresses", "<return>true</return>");
        ec2.unassign(
                "eni-1",
                List.of(
                        Cidr.parse("2001:db8:0:0:2::/80"),
                        Cidr.parse("10.0.0.20/32"),
                        Cidr.parse("2001:db8::9/128")));
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().getFirst())
                .containsEntry("Action", "UnassignPrivateIpAddresses")
                .containsEntry("PrivateIpAddress.1", "10.0.0.20");
        assertThat(server.requests().get(1))
                .containsEntry("Action", "UnassignIpv6Addresses")
                .containsEntry("Ipv6Addresses.1", "2001:db8::9")
                .doesNotContainKey("Ipv6Prefix.1");
        assertThat(sent())
                .containsEntry("Ipv6Prefix.1", "2001:db8:0:0:2::/80")
                .doesNotContainKey("Ipv6Addresses.1");
    }

    @Test
    void addressesAndPrefixesAreTakenOffInACallEach() {
        server.answer("UnassignPrivateIpAddresses", "<return>true</return>");
        ec2.unassign("eni-1", List.of());
        assertThat(server.requests()).isEmpty();
        ec2.unassign("eni-1", List.of(Cidr.parse("10.0.0.48/28"), Cidr.parse("10.0.0.20/32")));
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().getFirst())
                .containsEntry("PrivateIpAddress.1", "10.0.0.20")
                .doesNotContainKey("Ipv4Prefix.1");
        assertThat(sent()).containsEntry("Ipv4Prefix.1", "10.0.0.48/28");
    }

    @Test
    void tagsAreSet() {
        server.answer("CreateTags", "<return>true</return>");
        ec2.tag("eni-1", Map.of("k", "v"));
        assertThat(sent())
                .containsEntry("ResourceId.1", "eni-1")
                .containsEntry("Tag.1.Key", "k")
                .containsEntry("Tag.1.Value", "v");
    }

    @Test
    void subnetsAreThoseOfTheZone() {
        server.answer(
                "DescribeSubnets",
                """
                <subnetSet><item><subnetId>subnet-a</subnetId><cidrBlock>10.0.0.0/24</cidrBlock>
                <availableIpAddressCount>17</availableIpAddressCount>
                <ipv6CidrBlockAssociationSet>
                <item><ipv6CidrBlock>2001:db8:0:1::/64</ipv6CidrBlock>
                <ipv6CidrBlockState><state>disassociated</state></ipv6CidrBlockState></item>
                <item><ipv6CidrBlock>2001:db8:0:2::/64</ipv6CidrBlock>
                <ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState></item>
                </ipv6CidrBlockAssociationSet>
                <tagSet><item><key>kubernetes.io/role/cni</key><value>1</value></item></tagSet>
                </item></subnetSet>
                """);
        assertThat(ec2.subnets("vpc-1", "eu-west-1a"))
                .containsExactly(
                        new Subnet(
                                "subnet-a",
                                Cidr.parse("10.0.0.0/24"),
                                Optional.of(Cidr.parse("2001:db8:0:2::/64")),
                                17,
                                Map.of("kubernetes.io/role/cni", "1")));
        assertThat(sent())
                .containsEntry("Filter.1.Name", "vpc-id")
                .containsEntry("Filter.2.Name", "availability-zone")
                .containsEntry("Filter.2.Value.1", "eu-west-1a");
    }

    @Test
    void limitsAreByCard() {
        server.answer(
                "DescribeInstanceTypes",
                """
                <instanceTypeSet><item><instanceType>p4d.24xlarge</instanceType>
                <hypervisor>nitro</hypervisor><bareMetal>false</bareMetal><networkInfo>
                <maximumNetworkInterfaces>60</maximumNetworkInterfaces>
                <ipv4AddressesPerInterface>50</ipv4AddressesPerInterface><networkCards>
                <item><networkCardIndex>1</networkCardIndex><maximumNetworkInterfaces>14</maximumNetworkInterfaces></item>
                <item><networkCardIndex>0</networkCardIndex><maximumNetworkInterfaces>15</maximumNetworkInterfaces></item>
                </networkCards></networkInfo></item></instanceTypeSet>
                """,
                """
                <instanceTypeSet><item><instanceType>t2.small</instanceType>
                <hypervisor>xen</hypervisor><bareMetal>false</bareMetal><networkInfo>
                <maximumNetworkInterfaces>3</maximumNetworkInterfaces>
                <ipv4AddressesPerInterface>4</ipv4AddressesPerInterface>
                </networkInfo></item></instanceTypeSet>
                """);
        assertThat(ec2.limits("p4d.24xlarge"))
                .isEqualTo(new InstanceLimits(List.of(15, 14), 50, true));
        assertThat(ec2.limits("t2.small")).isEqualTo(new InstanceLimits(List.of(3), 4, false));
    }

    @Test
    void instancesThatAreTerminatedDoNotExist() {
        server.answer(
                "DescribeInstances",
                """
                <reservationSet><item><instancesSet>
                <item><instanceId>i-1</instanceId><instanceState><name>stopped</name></instanceState></item>
                <item><instanceId>i-2</instanceId><instanceState><name>terminated</name></instanceState></item>
                </instancesSet></item></reservationSet>
                """);
        assertThat(ec2.existing(List.of("i-1", "i-2", "i-3"))).isEqualTo(Set.of("i-1"));
        assertThat(sent())
                .containsEntry("Filter.1.Name", "instance-id")
                .containsEntry("Filter.1.Value.3", "i-3");
        assertThat(ec2.existing(List.of())).isEmpty();
    }

    @Test
    void theRoleIsAskedForOnceAtThePlaceThatWasSet() {
        server.answer("CreateTags", "<return>true</return>");
        assertThat(imds.requests()).isEmpty();
        ec2.tag("eni-1", Map.of("k", "v"));
        ec2.tag("eni-2", Map.of("k", "v"));
        assertThat(imds.requests())
                .filteredOn(request -> request.contains("security-credentials/node-role"))
                .hasSize(1);
    }

    private Map<String, String> sent() {
        return server.requests().getLast();
    }
}
