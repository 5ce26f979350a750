package io.patchbay.kit.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// The network state of a namespace by `ip -j` and `nft -j`.
public final class NetworkState {
    /// What changes by itself: counters, timers, carrier, the kernel's own handles, how many listen
    /// to a link, and what a bridge keeps of the ports it once had.
    private static final List<String> RESTLESS =
            List.of(
                    "handle",
                    "valid_life_time",
                    "preferred_life_time",
                    "operstate",
                    "flags",
                    "used",
                    "confirmed",
                    "updated",
                    "probes",
                    "promiscuity",
                    "allmulti",
                    "tso_max_size",
                    "tso_max_segs",
                    "state",
                    "topology_change",
                    "topology_change_detected");

    /// Few processes, for most of a picture's time goes into their start.
    private static final List<String> COMMANDS =
            List.of(
                    "ip -j -d link",
                    """
                    ip -j -batch - << end
                    address
                    route show table all
                    rule
                    neighbour show nud permanent
                    end\
                    """,
                    "ip -j -6 rule",
                    "nft -j list ruleset");

    /// What the commands tell, a document each.
    private static final List<String> PARTS =
            List.of("links", "addresses", "routes", "rules", "neighbours", "rules v6", "nft");

    private NetworkState() {}

    /// @param title of the namespace, in front of each part's own
    public static Snapshot take(String title, Witness witness) {
        List<JsonNode> told = witness.json(COMMANDS);
        if (told.size() != PARTS.size()) {
            throw new IllegalStateException("not %s, but: %s".formatted(PARTS, told));
        }
        Map<String, List<String>> parts = new TreeMap<>();
        for (int i = 0; i < PARTS.size(); i++) {
            JsonNode all = told.get(i);
            parts.put(
                    title + " " + PARTS.get(i), lines(all.isArray() ? all : all.path("nftables")));
        }
        return new Snapshot(parts);
    }

    private static List<String> lines(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(node -> !node.isEmpty() && !node.has("metainfo"))
                .filter(node -> !isRouteOfAnAddress(node))
                .map(NetworkState::settle)
                .map(JsonNode::toString)
                .sorted()
                .toList();
    }

    /// A link's own address comes with its carrier, some time after it is up, and goes with it.
    private static boolean isOwnOfALink(JsonNode address) {
        return address.path("scope").asText().equals("link")
                && address.path("family").asText().equals("inet6");
    }

    /// What the kernel adds behind a link's or an address's back, some time after it, and takes
    /// with it.
    private static boolean isRouteOfAnAddress(JsonNode route) {
        String destination = route.path("dst").asText();
        return route.path("protocol").asText().equals("kernel")
                && (route.path("table").asText().equals("local")
                        || destination.startsWith("fe80:"));
    }

    private static JsonNode settle(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(RESTLESS);
            object.properties().removeIf(entry -> entry.getKey().endsWith("_timer"));
        }
        if (node.path("addr_info") instanceof ArrayNode addresses) {
            addresses.removeIf(NetworkState::isOwnOfALink);
        }
        node.forEach(NetworkState::settle);
        return node;
    }
}
