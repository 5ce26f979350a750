package io.patchbay.chained;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.bridge.BridgeProvider;
import io.patchbay.ipvlan.MacvlanProvider;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.meta.cni.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A node with two parent links, `a0` and `b0`, whose cables end at one router, `a1` and `b1`. The
/// router drops what comes by the cable of the other network, and has 192.0.2.1 and 2001:db8::1
/// behind it.
final class Cables {
    private static final List<String> CABLES =
            List.of(
                    "ip link add a0 type veth peer name a1 netns %s",
                    "ip link add b0 type veth peer name b1 netns %s",
                    "ip link set a0 up",
                    "ip link set b0 up");
    private static final List<String> ROUTER =
            List.of(
                    "ip link set lo up",
                    "ip link set a1 up",
                    "ip link set b1 up",
                    "ip address add 10.7.0.1/24 dev a1",
                    "ip address add 10.8.0.1/24 dev b1",
                    "ip address add fd07::1/64 dev a1 nodad",
                    "ip address add fd08::1/64 dev b1 nodad",
                    "ip address add 192.0.2.1/32 dev lo",
                    "ip address add 2001:db8::1/128 dev lo nodad",
                    "nft add table inet guard",
                    "nft add chain inet guard in { type filter hook prerouting priority -300 ; }",
                    "nft add rule inet guard in iifname a1 ip saddr 10.8.0.0/24 drop",
                    "nft add rule inet guard in iifname b1 ip saddr 10.7.0.0/24 drop",
                    "nft add rule inet guard in iifname a1 ip6 saddr fd08::/64 drop",
                    "nft add rule inet guard in iifname b1 ip6 saddr fd07::/64 drop");

    private Cables() {}

    /// @param tuning the section of patchbay.yaml
    static NodeRig node(Path state, String tuning) {
        NodeRig rig =
                new NodeRig(
                        state,
                        List.of(
                                new MacvlanProvider(),
                                new BridgeProvider(),
                                new TuningProvider(),
                                new SourceRoutingProvider()),
                        Map.of("tuning", (ObjectNode) Json.decode("settings", tuning)));
        rig.start();
        return rig;
    }

    static void lay(NodeRig node, RigPod router) {
        CABLES.forEach(cable -> run(node.witness(), cable.formatted(router.path())));
        ROUTER.forEach(command -> run(router.witness(), command));
    }

    static String run(Witness witness, String command) {
        return witness.run(command.split(" "));
    }

    static boolean pings(RigPod from, String source, String to) {
        return from.witness().attempt("ping", "-c", "1", "-w", "10", "-I", source, to).status()
                == 0;
    }

    /// A macvlan network on a cable, `a` or `b`, with plugins behind it.
    ///
    /// @param ipam such as {@link #leases}
    static String network(String cable, String ipam, String... behind) {
        return """
        {"cniVersion": "1.1.0", "name": "net-%1$s", "plugins": [
         {"type": "macvlan", "master": "%1$s0", "capabilities": {"mac": true, "ips": true}, "ipam": %2$s},
         %3$s]}\
        """
                .formatted(cable, ipam, String.join(", ", behind));
    }

    /// Both families of a cable's network, from .2 and ::2 on; the router is the gateway.
    static String leases(NodeRig rig, String cable, String keys) {
        int number = cable.equals("a") ? 7 : 8;
        return """
        {"type": "host-local", "dataDir": "%s", %s
         "ranges": [[{"subnet": "10.%3$d.0.0/24"}], [{"subnet": "fd0%3$d::/64"}]]}\
        """
                .formatted(rig.leases(), keys, number);
    }

    /// Addresses without a gateway, unless it is written.
    static String fixed(String keys, String... addresses) {
        return "{\"type\": \"static\", %s \"addresses\": [%s]}"
                .formatted(
                        keys,
                        String.join(
                                ", ",
                                List.of(addresses).stream()
                                        .map("{\"address\": \"%s\"}"::formatted)
                                        .toList()));
    }
}
