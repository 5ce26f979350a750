package io.patchbay.vpc;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.plumbing.VethName;
import java.net.InetAddress;

/// A pod as Amazon's plugin leaves it on a node: a veth, a route of one address, and rules.
///
/// @param veth the link on the host
record AwsPod(RigPod sandbox, String name, InetAddress address, String veth)
        implements AutoCloseable {
    private static final int MAIN = 254;

    /// @param table of the interface that the address is of
    static AwsPod attach(NodeRig node, String name, InetAddress address, int table) {
        RigPod sandbox = new RigPod("aws-" + name);
        String veth =
                VethName.of(
                        "eni",
                        new PodRef("default", name, ""),
                        new AttachmentId(sandbox.containerId(), "aws-cni", "eth0"));
        String ip = Cidr.text(address);
        node.witness()
                .run(
                        "sh",
                        "-ec",
                        """
                        ip link add %1$s mtu 9001 type veth peer name eth0 mtu 9001 netns %2$s
                        ip link set %1$s up
                        """
                                .formatted(veth, sandbox.path()));
        String mac = new Witnessed(node.witness()).link(veth).path("address").asText();
        sandbox.witness()
                .run(
                        "sh",
                        "-ec",
                        """
                        ip link set eth0 up
                        ip route replace 169.254.1.1 dev eth0 scope link
                        ip route add default via 169.254.1.1 dev eth0
                        ip address add %s/32 dev eth0
                        ip neigh add 169.254.1.1 lladdr %s nud permanent dev eth0
                        """
                                .formatted(ip, mac));
        node.witness()
                .run(
                        "sh",
                        "-ec",
                        """
                        ip route replace %1$s dev %2$s scope link
                        ip rule add pref 512 to %1$s table main
                        if [ %3$d != %4$d ]; then ip rule add pref 1536 from %1$s table %3$d; fi
                        """
                                .formatted(ip, veth, table, MAIN));
        return new AwsPod(sandbox, name, address, veth);
    }

    /// Its element of the checkpoint's `allocations`.
    String allocation() {
        return """
        {"networkName":"aws-cni","containerID":"%s","ifName":"eth0","ipv4":"%s",
         "allocationTimestamp":1700000000000000000,
         "metadata":{"k8sPodNamespace":"default","k8sPodName":"%s","interfacesCount":1}}
        """
                .formatted(sandbox.containerId(), Cidr.text(address), name);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
