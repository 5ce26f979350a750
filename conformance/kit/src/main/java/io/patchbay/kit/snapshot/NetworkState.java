package io.patchbay.kit.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// The network state of a namespace by `ip -j` and `nft -j`.
public final class NetworkState {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What changes by itself: counters, timers, carrier, the kernel's own handles, and what a
    /// bridge keeps of the ports it once had.
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
                    "tso_max_size",
                    "tso_max_segs",
                    "topology_change",
                    "topology_change_detected");

    private NetworkState() {}

    /// @param title of the namespace, in front of each part's own
    public static Snapshot take(String title, Witness witness) {
        Map<String, List<String>> parts = new TreeMap<>();
        parts.put(title + " links", lines(witness, node -> true, "ip", "-j", "-d", "link"));
        parts.put(title + " addresses", lines(witness, node -> true, "ip", "-j", "address"));
        parts.put(
                title + " routes",
                lines(witness, node -> true, "ip", "-j", "route", "show", "table", "all"));
        parts.put(
                title + " routes v6",
                lines(witness, node -> true, "ip", "-j", "-6", "route", "show", "table", "all"));
        parts.put(title + " rules", lines(witness, node -> true, "ip", "-j", "rule"));
        parts.put(title + " rules v6", lines(witness, node -> true, "ip", "-j", "-6", "rule"));
        parts.put(
                title + " neighbours",
                lines(
                        witness,
                        NetworkState::isPermanent,
                        "ip",
                        "-j",
                        "neigh",
                        "show",
                        "nud",
                        "permanent"));
        parts.put(title + " nft", nft(witness));
        return new Snapshot(parts);
    }

    private static boolean isPermanent(JsonNode neighbour) {
        return neighbour.path("state").toString().contains("PERMANENT");
    }

    private static List<String> lines(
            Witness witness, Predicate<JsonNode> kept, String... command) {
        return lines(parse(witness.run(command)), kept);
    }

    private static List<String> nft(Witness witness) {
        return lines(
                parse(witness.run("nft", "-j", "list", "ruleset")).path("nftables"),
                node -> !node.has("metainfo"));
    }

    private static List<String> lines(JsonNode array, Predicate<JsonNode> kept) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(node -> !node.isEmpty())
                .filter(kept)
                .map(NetworkState::settle)
                .map(JsonNode::toString)
                .sorted()
                .toList();
    }

    private static JsonNode settle(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(RESTLESS);
            object.properties().removeIf(entry -> entry.getKey().endsWith("_timer"));
        }
        node.forEach(NetworkState::settle);
        return node;
    }

    private static JsonNode parse(String output) {
        try {
            return JSON.readTree(output.isBlank() ? "[]" : output);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON came from a witness: " + output, e);
        }
    }
}
