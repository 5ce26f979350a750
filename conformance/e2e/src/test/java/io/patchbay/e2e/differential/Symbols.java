package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names for what each side chooses by chance: the names of links on the node, and MAC addresses. A
/// MAC address that a row or a node asks for begins with 02:00:00, and stays.
final class Symbols {
    private static final Pattern PORT =
            Pattern.compile("\\b(veth[0-9a-f]{8}|pb[0-9a-f]+|pbgw\\d+)\\b");
    private static final Pattern MAC =
            Pattern.compile("\\b(?!02:00:00|00:00:00)[0-9a-f][02468ace](:[0-9a-f]{2}){5}\\b");

    private final Map<String, String> ports = new HashMap<>();
    private final Map<String, String> macs = new HashMap<>();

    /// Learns the order of the node's links from a result, which tells each pod's.
    void learn(String result) {
        PORT.matcher(result).results().forEach(name -> in(name.group()));
    }

    /// Learns what the links of a namespace are called. A MAC address is named after the first link
    /// that has it, where a bridge comes behind its ports.
    void learn(String where, List<JsonNode> links) {
        links.stream()
                .map(link -> link.path("address").asText() + " " + in(Picture.name(link)))
                .sorted(Comparator.comparing(link -> !link.contains(" port-")))
                .map(link -> link.split(" "))
                .filter(link -> MAC.matcher(link[0]).matches())
                .forEach(link ->
                        macs.putIfAbsent(link[0], "MAC of %s %s".formatted(where, link[1])));
    }

    /// A text with the symbols in place of what they stand for.
    String in(String text) {
        String named = text;
        if (text.contains("veth") || text.contains("pb")) {
            named =
                    replaced(
                            PORT,
                            named,
                            name -> ports.computeIfAbsent(name, _ -> "port-" + ports.size()));
        }
        if (text.contains(":")) {
            named = replaced(MAC, named, mac -> macs.getOrDefault(mac, "unknown MAC"));
        }
        return named;
    }

    private static String replaced(Pattern pattern, String text, UnaryOperator<String> symbol) {
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(symbol.apply(found.group())));
    }
}
