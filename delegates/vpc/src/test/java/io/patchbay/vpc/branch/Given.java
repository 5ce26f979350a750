package io.patchbay.vpc.branch;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.pod.PodRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A branch and links, as tests of decisions have them.
final class Given {
    static final int ETH0 = 2;
    static final int TRUNK = 3;
    static final int VETH = 40;
    static final int VLAN = 42;
    static final int GROUP = 5;
    static final MacAddress TRUNK_MAC = MacAddress.parse("02:00:00:00:00:03");
    static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:42");
    static final Way WAY = new Way(Cidr.address("10.0.1.9"), Cidr.address("10.0.1.1"));
    static final Way WAY_IPV6 =
            new Way(Cidr.address("2001:db8:0:1::9"), Cidr.address("fe80:ec2::1"));

    private Given() {}

    static Branch branch(Enforcement enforcement, Way... ways) {
        return branch("cart", 7, MAC, enforcement, ways);
    }

    static Branch branch(
            String pod, int vlan, MacAddress mac, Enforcement enforcement, Way... ways) {
        return new Branch(
                new AttachmentId(pod, "pods", "eth0"),
                new PodRef("shop", pod, ""),
                enforcement,
                "eni-" + pod,
                mac,
                TRUNK_MAC,
                TRUNK,
                vlan,
                100 + vlan,
                VLAN,
                GROUP,
                VETH,
                enforcement.prefix("eni") + "0123",
                41,
                List.of(ways));
    }

    static Link link(int index, String name, MacAddress mac) {
        return link(index, name, "", mac, OptionalInt.empty(), OptionalInt.empty());
    }

    static Link veth(int index, String name) {
        return link(
                index,
                name,
                "veth",
                MacAddress.parse("02:00:00:00:01:00"),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    static Link vlan(int index, String name, MacAddress mac, int trunk, int vlan) {
        return link(index, name, "vlan", mac, OptionalInt.of(trunk), OptionalInt.of(vlan));
    }

    private static Link link(
            int index,
            String name,
            String kind,
            MacAddress mac,
            OptionalInt parent,
            OptionalInt vlan) {
        return new Link(
                index,
                name,
                kind,
                true,
                9001,
                GROUP,
                Optional.of(mac),
                OptionalInt.empty(),
                parent,
                OptionalInt.empty(),
                vlan);
    }

    /// Those of a node with a trunk and without a branch.
    static List<Link> links() {
        return List.of(
                link(ETH0, "eth0", MacAddress.parse("02:00:00:00:00:02")),
                link(TRUNK, "eth1", TRUNK_MAC));
    }
}
