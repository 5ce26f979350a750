package io.patchbay.e2e.differential;

import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.Witness;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A node that is made and cleared for one row after the other.
record World(NodeNamespace node) implements AutoCloseable {
    private static final String LEASES = "/var/lib/cni";

    private static final String CLEAR =
            """
            nft flush ruleset
            for link in $(ls /sys/class/net); do
              [ $link = lo ] || ip link delete $link 2> /dev/null || true
            done
            ip rule flush
            ip rule add from all lookup main priority 32766
            ip rule add from all lookup default priority 32767
            ip route flush table all 2> /dev/null || true
            ip addr replace 127.0.0.1/8 dev lo
            ip addr replace ::1/128 dev lo
            sysctl -q net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
            rm -rf /var/lib/cni/* /run/cni
            """;

    static World create() {
        return new World(NodeNamespace.create());
    }

    /// Takes away what the row before has left, and makes the links of this one.
    void begin(String links) {
        node.run("sh", "-ec", CLEAR + links);
    }

    PodNetns pod(String name) {
        PodNetns pod = PodNetns.create(node, name);
        pod.run("sysctl", "-q", "net.ipv6.conf.default.accept_dad=0");
        return pod;
    }

    /// All of the node's and the pods' state, a value a key.
    Map<String, String> told(String when, List<PodNetns> pods, Symbols symbols) {
        Map<String, String> told = new TreeMap<>();
        for (int i = 0; i < pods.size(); i++) {
            String inside = node.file(pods.get(i).path()).toString();
            tell(told, when, "pod " + i, Picture.of(Witness.in(inside)), symbols);
        }
        tell(told, when, "node", Picture.of(Witness.in(node.netns())), symbols);
        FileState.take("leases", node.file(LEASES)).parts().values().stream()
                .flatMap(List::stream)
                .forEach(file -> told.put("%s, lease %s".formatted(when, file), "there"));
        return told;
    }

    private static void tell(
            Map<String, String> told, String when, String where, Picture picture, Symbols symbols) {
        symbols.learn(where, picture.links());
        picture.told("%s, %s,".formatted(when, where))
                .forEach((key, value) -> told.put(symbols.in(key), symbols.in(value)));
    }

    @Override
    public void close() {
        node.close();
    }
}
