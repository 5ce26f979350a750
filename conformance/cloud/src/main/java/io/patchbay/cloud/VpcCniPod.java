package io.patchbay.cloud;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// A pod as Amazon's VPC CNI leaves it on a node: a veth, a route of one address, rules, and an
/// entry of its checkpoint. Who takes over such a node is tested by it. What is to be done is told
/// as scripts of `sh -e`, which run in the node's namespaces.
///
/// @param device number of the interface that the address is of
public record VpcCniPod(
        String namespace, String name, String containerId, InetAddress address, int device) {
    /// Where the checkpoint is, on a node.
    public static final String CHECKPOINT = "/var/run/aws-node/ipam.json";

    /// What gives a further interface its address, routes and rule.
    public static String setUp(SimulatedEni eni) {
        return """
        ip link set eth%1$d up
        ip address replace %2$s/24 dev eth%1$d noprefixroute
        ip route add 10.0.0.1 dev eth%1$d scope link table %3$d
        ip route add default via 10.0.0.1 dev eth%1$d table %3$d
        ip rule add pref 32765 from %2$s table %3$d
        """
                .formatted(eni.device(), Cidr.text(eni.primary()), eni.device() + 1);
    }

    /// The content of the checkpoint.
    public static String checkpoint(List<VpcCniPod> pods) {
        return pods.stream()
                .map(VpcCniPod::allocation)
                .collect(
                        Collectors.joining(
                                ",", "{\"version\":\"vpc-cni-ipam/1\",\"allocations\":[", "]}"));
    }

    private String allocation() {
        return """
        {"networkName":"aws-cni","containerID":"%s","ifName":"eth0","ipv4":"%s",
         "allocationTimestamp":1700000000000000000,
         "metadata":{"k8sPodNamespace":"%s","k8sPodName":"%s","interfacesCount":1}}
        """
                .formatted(containerId, Cidr.text(address), namespace, name);
    }

    /// The link on the host.
    public String veth() {
        return "eni" + sha1(namespace + "." + name).substring(0, 11);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-1")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// What attaches it.
    ///
    /// @param netns the path of the pod's network namespace
    public String attach(String netns) {
        return """
        ip link add %2$s mtu 9001 type veth peer name eth0 mtu 9001 netns %1$s
        ip link set %2$s up
        mac=$(ip -br link show dev %2$s | awk '{print $3}')
        nsenter --net=%1$s sh -ec "
          ip link set eth0 up
          ip route replace 169.254.1.1 dev eth0 scope link
          ip route add default via 169.254.1.1 dev eth0
          ip address add %3$s/32 dev eth0
          ip neigh add 169.254.1.1 lladdr $mac nud permanent dev eth0
        "
        ip route replace %3$s dev %2$s scope link
        ip rule add pref 512 to %3$s table main
        %4$s
        """
                .formatted(netns, veth(), Cidr.text(address), fromPod());
    }

    /// The primary interface's routes are those of the main table.
    private String fromPod() {
        return device == 0
                ? ""
                : "ip rule add pref 1536 from %s table %d"
                        .formatted(Cidr.text(address), device + 1);
    }
}
