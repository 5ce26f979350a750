package io.patchbay.vpc.modes;

import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.stream.Stream;

/// Whose subnet and security group an address is of. The groups differ in what they permit, so that
/// it shows whose decided.
enum Place {
    NODE("the node's", 0, Place.GROUP_OF_NODE),
    ENI_CONFIG("the ENIConfig's", 1, "sg-0c"),
    NETWORK("the network's", 2, Place.GROUP_OF_NETWORK),
    BRANCH("the pod's", 0, "sg-0b"),
    BRANCH_OF_ENI_CONFIG("the pod's", 1, "sg-0b");

    static final String GROUP_OF_NODE = "sg-00000000000000001";
    static final String GROUP_OF_NETWORK = "sg-0f";
    static final String SUBNET_OF_NETWORK = "subnet-00000000000000003";

    /// A port that the node's group permits to everybody, and one that it permits to nobody.
    static final int OPEN = 8080;

    static final int CLOSED = 9090;

    private static final List<Cidr> ANYWHERE = List.of(Cidr.any(false), Cidr.any(true));

    private final String whose;
    private final int subnet;
    private final String group;

    Place(String whose, int subnet, String group) {
        this.whose = whose;
        this.subnet = subnet;
        this.group = group;
    }

    String whose() {
        return whose;
    }

    /// Which of the VPC's it is.
    int subnet() {
        return subnet;
    }

    SecurityGroup group() {
        return new SecurityGroup(group, "default", ingress(), List.of(Permission.ALL));
    }

    private List<Permission> ingress() {
        return switch (this) {
            case NODE -> with(tcp(OPEN, ANYWHERE, List.of()), pings(ANYWHERE, List.of()));
            case ENI_CONFIG ->
                    with(
                            tcp(OPEN, List.of(), List.of(group)),
                            pings(List.of(), List.of(group, GROUP_OF_NODE)));
            case NETWORK -> List.of(everything(group));
            case BRANCH, BRANCH_OF_ENI_CONFIG ->
                    List.of(
                            everything(group),
                            tcp(OPEN, List.of(), List.of(GROUP_OF_NODE, ENI_CONFIG.group)));
        };
    }

    private static List<Permission> with(Permission one, List<Permission> others) {
        return Stream.concat(Stream.of(one), others.stream()).toList();
    }

    private static Permission everything(String group) {
        return new Permission("-1", 0, 65535, List.of(), List.of(group));
    }

    private static Permission tcp(int port, List<Cidr> blocks, List<String> groups) {
        return new Permission("tcp", port, port, blocks, groups);
    }

    private static List<Permission> pings(List<Cidr> blocks, List<String> groups) {
        return Stream.of("icmp", "icmpv6")
                .map(protocol -> new Permission(protocol, 0, 65535, blocks, groups))
                .toList();
    }
}
