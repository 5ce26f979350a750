package io.patchbay.vpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.kit.snapshot.Witness;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What `ip -j` shows, as short lines in the words of ip(8).
record Witnessed(Witness witness) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// `PRIORITY from SOURCE to DESTINATION table TABLE`, without the kernel's own.
    List<String> rules() {
        return list("ip", "-j", "-N", "rule").stream()
                .filter(rule -> !List.of(0, 32766, 32767).contains(rule.path("priority").asInt()))
                .map(rule ->
                        "%d from %s to %s table %s"
                                .formatted(
                                        rule.path("priority").asInt(),
                                        rule.path("src").asText(),
                                        rule.path("dst").asText("all"),
                                        rule.path("table").asText()))
                .toList();
    }

    /// `DESTINATION via GATEWAY dev LINK scope SCOPE`; what is absent is left out.
    List<String> routes(String table) {
        return list("ip", "-j", "-d", "route", "show", "table", table).stream()
                .map(route ->
                        route.path("dst").asText()
                                + word(route, "gateway", " via ")
                                + word(route, "dev", " dev ")
                                + " scope "
                                + route.path("scope").asText())
                .toList();
    }

    /// `ADDRESS lladdr MAC STATE`.
    List<String> neighbours(String link) {
        return list("ip", "-j", "neigh", "show", "dev", link).stream()
                .map(neighbour ->
                        "%s lladdr %s %s"
                                .formatted(
                                        neighbour.path("dst").asText(),
                                        neighbour.path("lladdr").asText(),
                                        neighbour.path("state").path(0).asText()))
                .toList();
    }

    /// `ADDRESS/PREFIX` of IPv4.
    List<String> addresses(String link) {
        return list("ip", "-j", "-4", "address", "show", "dev", link).stream()
                .flatMap(shown -> stream(shown.path("addr_info")))
                .map(address ->
                        address.path("local").asText() + "/" + address.path("prefixlen").asInt())
                .toList();
    }

    JsonNode link(String name) {
        return list("ip", "-j", "-d", "link", "show", "dev", name).getFirst();
    }

    private static String word(JsonNode node, String key, String before) {
        return node.has(key) ? before + node.path(key).asText() : "";
    }

    private List<JsonNode> list(String... command) {
        try {
            String output = witness.run(command);
            return stream(JSON.readTree(output.isBlank() ? "[]" : output)).toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).filter(node -> !node.isEmpty());
    }
}
