package io.patchbay.e2e.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kit.snapshot.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The network of one namespace, as `ip`, `bridge`, `nft` and /proc/sys/net tell it: a value a key.
/// Left out is what changes by itself, and the kernel's own numbers.
///
/// @param links by name, each as `ip -j -d address` tells it
/// @param rest all the others, by key
record Picture(List<JsonNode> links, Map<String, String> rest) {
    /// Each prints its JSON as one line, and behind them are the settings: without a boot's own
    /// secrets, and a counter. Few processes, for each takes its time in an emulator.
    private static final String COMMANDS =
            """
            ip -j -d address
            printf 'route show table all\\nrule\\nneighbour show nud permanent\\n' | ip -j -batch -
            ip -j -6 rule
            bridge -j vlan
            nft -j list ruleset
            cd /proc/sys/net
            grep -rs --exclude=stable_secret --exclude=mc_forwarding . \
              ipv4/conf ipv6/conf ipv4/ip_forward core/somaxconn || true
            """;

    private static final int DOCUMENTS = 7;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> OF_A_BRIDGE =
            Set.of(
                    "root_id",
                    "bridge_id",
                    "designated_root",
                    "designated_bridge",
                    "designated_port",
                    "root_port",
                    "root_path_cost",
                    "topology_change",
                    "topology_change_detected",
                    "port_id",
                    "port_no",
                    "id",
                    "no",
                    "state",
                    "fdb_n_learned");

    private static final Set<String> RESTLESS =
            Set.of(
                    "ifindex",
                    "link_index",
                    "link_netnsid",
                    "operstate",
                    "valid_life_time",
                    "preferred_life_time",
                    "tentative",
                    "handle",
                    "index",
                    "tso_max_size",
                    "tso_max_segs",
                    "used",
                    "confirmed",
                    "updated",
                    "probes");

    private static final Set<String> FLAGS = Set.of("UP", "PROMISC", "ALLMULTI", "NOARP");

    static Picture of(Witness witness) {
        List<String> lines = witness.run("sh", "-ec", COMMANDS).lines().toList();
        List<JsonNode> told = lines.stream().limit(DOCUMENTS).map(Picture::settled).toList();
        Map<String, String> rest = new TreeMap<>();
        for (JsonNode route : told.get(1)) {
            if (!isOfAnAddress(route)) {
                rest.put("route " + line(route), "there");
            }
        }
        told.get(2).forEach(rule -> rest.put("rule " + line(rule), "there"));
        told.get(3).forEach(neighbour -> rest.put("neighbour " + line(neighbour), "there"));
        told.get(4).forEach(rule -> rest.put("rule6 " + line(rule), "there"));
        told.get(5).forEach(port -> putVlans(rest, port));
        for (JsonNode object : told.get(6).path("nftables")) {
            if (!object.has("metainfo")) {
                rest.merge("nft " + object, "there", (one, more) -> one + ", " + more);
            }
        }
        List<JsonNode> links = list(told.getFirst());
        putSettings(rest, lines.subList(DOCUMENTS, lines.size()), links);
        return new Picture(links, rest);
    }

    private static void putVlans(Map<String, String> rest, JsonNode port) {
        port.path("vlans")
                .forEach(vlan ->
                        rest.put(
                                "vlan %s %s".formatted(port.path("ifname").asText(), line(vlan)),
                                "there"));
    }

    private static void putSettings(
            Map<String, String> rest, List<String> settings, List<JsonNode> links) {
        Set<String> names = links.stream().map(Picture::name).collect(Collectors.toSet());
        for (String setting : settings) {
            int colon = setting.lastIndexOf(':');
            rest.put(sysctl(setting.substring(0, colon), names), setting.substring(colon + 1));
        }
    }

    static String name(JsonNode link) {
        return link.path("ifname").asText();
    }

    /// A link's setting is the link's.
    private static String sysctl(String file, Set<String> links) {
        String[] parts = file.split("/", -1);
        return parts.length == 4 && links.contains(parts[2])
                ? "link %s sysctl %s %s".formatted(parts[2], parts[0], parts[3])
                : "sysctl " + file;
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(node -> !node.isEmpty())
                .toList();
    }

    private static JsonNode settled(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            settle(node);
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON came from a witness: " + line, e);
        }
    }

    private static void settle(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(entry -> isRestless(entry.getKey()));
            if (object.path("linkinfo") instanceof ObjectNode linkinfo) {
                for (JsonNode info : linkinfo) {
                    if (info instanceof ObjectNode data) {
                        data.properties().removeIf(entry -> OF_A_BRIDGE.contains(entry.getKey()));
                    }
                }
            }
        }
        node.forEach(Picture::settle);
    }

    private static boolean isRestless(String key) {
        return RESTLESS.contains(key) || key.endsWith("_timer");
    }

    /// What the kernel adds behind an address's back, some time after it.
    private static boolean isOfAnAddress(JsonNode route) {
        String destination = route.path("dst").asText();
        return destination.startsWith("fe80:")
                || (route.path("protocol").asText().equals("kernel")
                        && route.path("table").asText().equals("local"));
    }

    /// An object in one line, without the flags that follow a carrier.
    private static String line(JsonNode object) {
        List<String> words = new ArrayList<>();
        object.properties().stream()
                .filter(entry -> !entry.getKey().equals("flags"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> words.add(entry.getKey() + " " + text(entry.getValue())));
        return String.join(" ", words);
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /// All of it under one title, a value a key.
    Map<String, String> told(String title) {
        Map<String, String> told = new TreeMap<>();
        rest.forEach((key, value) -> told.put(title + " " + key, value));
        for (JsonNode link : links) {
            String of = "%s link %s".formatted(title, name(link));
            told.put(of, "there");
            ObjectNode plain = link.deepCopy();
            for (JsonNode address : list(plain.path("addr_info"))) {
                if (!isOwnOfALink(address)) {
                    told.put("%s address %s".formatted(of, line(address)), "there");
                }
            }
            plain.remove("addr_info");
            plain.put(
                    "flags",
                    words(plain.path("flags")).stream()
                            .filter(FLAGS::contains)
                            .sorted()
                            .collect(Collectors.joining(", ")));
            Flat.put(told, of, plain);
        }
        return told;
    }

    private static List<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    /// A link's own address comes with its carrier.
    private static boolean isOwnOfALink(JsonNode address) {
        return address.path("scope").asText().equals("link")
                && address.path("family").asText().equals("inet6");
    }
}
