package io.patchbay.cloud.fabric;

import io.patchbay.cloud.vpc.ConnectionTracking;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A VPC as a test draws it: 10.0.0.0/16 with the subnets 10.0.0.0/24 and 10.0.1.0/24, the
/// instances i-a and i-b, and the groups sg-all, which permits everything, and sg-none.
public final class Drawn {
    private Drawn() {}

    public static Vpc empty() {
        return new Vpc(
                        "vpc-1",
                        List.of(Cidr.parse("10.0.0.0/16")),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>())
                .with(subnet("subnet-1", "10.0.0.0/24"))
                .with(subnet("subnet-2", "10.0.1.0/24"))
                .with(new Instance("i-a", "a.internal", "m5.large", "eu-central-1a", Map.of()))
                .with(new Instance("i-b", "b.internal", "m5.large", "eu-central-1a", Map.of()))
                .with(group("sg-all", List.of(all()), List.of(all())))
                .with(group("sg-none", List.of(), List.of()));
    }

    /// The same, and each subnet has a block of IPv6: 2001:db8:0:1::/64 and 2001:db8:0:2::/64.
    public static Vpc dual() {
        return empty().with(subnet("subnet-1", "10.0.0.0/24", "2001:db8:0:1::/64"))
                .with(subnet("subnet-2", "10.0.1.0/24", "2001:db8:0:2::/64"));
    }

    private static Subnet subnet(String id, String cidr, String... ipv6) {
        return new Subnet(
                id,
                "eu-central-1a",
                Cidr.parse(cidr),
                Stream.of(ipv6).map(Cidr::parse).findFirst(),
                List.of(),
                Map.of());
    }

    public static Permission all() {
        return Permission.ALL;
    }

    public static SecurityGroup group(
            String id, List<Permission> ingress, List<Permission> egress) {
        return new SecurityGroup(id, id, ingress, egress);
    }

    /// An interface that nobody has, with the group sg-all.
    public static NetworkInterface eni(int number, String primary, String... blocks) {
        return new NetworkInterface(
                "eni-" + number,
                new MacAddress(0x0200_0A00_0000L + number),
                Kind.INTERFACE,
                primary.startsWith("10.0.0.") ? "subnet-1" : "subnet-2",
                "",
                List.of("sg-all"),
                Cidr.address(primary),
                List.of(blocks).stream().map(Cidr::parse).toList(),
                true,
                ConnectionTracking.OF_EC2,
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    public static NetworkInterface attached(
            NetworkInterface eni, String instance, int card, int device) {
        return eni.withAttachment(
                Optional.of(
                        new Attachment(
                                "eni-attach-" + eni.id(),
                                instance,
                                card,
                                device,
                                true,
                                Instant.EPOCH)));
    }

    public static NetworkInterface of(
            NetworkInterface eni, Kind kind, Optional<Association> association) {
        return eni.withAssociation(kind, association);
    }

    public static NetworkInterface with(
            NetworkInterface eni, boolean sourceDestCheck, String... groups) {
        return eni.withSourceDestCheck(sourceDestCheck).withGroups(List.of(groups));
    }
}
