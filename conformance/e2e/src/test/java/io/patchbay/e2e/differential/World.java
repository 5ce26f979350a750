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

    /// A veth's other end is gone when its turn comes.
    private static final String CLEAR =
            """
            nft flush ruleset
            {
              for link in /sys/class/net/*; do
                [ ${link##*/} = lo ] || echo link delete dev ${link##*/}
              done
              echo rule flush
              echo rule add from all lookup main priority 32766
              echo rule add from all lookup default priority 32767
              echo route flush table all
              echo address replace 127.0.0.1/8 dev lo
              echo address replace ::1/128 dev lo
            } | ip -force -batch - 2> /dev/null || true
            echo 0 > /proc/sys/net/ipv4/ip_forward
            echo 0 > /proc/sys/net/ipv6/conf/all/forwarding
            rm -rf /var/lib/cni/* /run/cni
            """;

    static World create() {
        return new World(NodeNamespace.create());
    }

    /// Takes away what the row before has left, and makes the links of this one.
    void begin(String links) {
        node.run("sh", "-ec", CLEAR + links);
    }

    PodNetns pod(String name, String links) {
        PodNetns pod = PodNetns.create(node, name);
        pod.run("sh", "-ec", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad\n" + links);
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
