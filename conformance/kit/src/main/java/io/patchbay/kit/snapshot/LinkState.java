package io.patchbay.kit.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/// A link as `ip` shows it.
///
/// @param index of the link in its namespace
/// @param group `default`, or a number
/// @param addresses in CIDR form, without the link-local ones
public record LinkState(
        int index, String name, String mac, int mtu, String group, List<String> addresses) {

    /// All links of a namespace.
    public static List<LinkState> in(Witness witness) {
        return list(witness.json("ip", "-j", "-d", "address")).stream()
                .map(LinkState::read)
                .toList();
    }

    private static LinkState read(JsonNode link) {
        return new LinkState(
                link.path("ifindex").asInt(),
                link.path("ifname").asText(),
                link.path("address").asText(),
                link.path("mtu").asInt(),
                link.path("group").asText(),
                list(link.path("addr_info")).stream()
                        .filter(address -> !address.path("scope").asText().equals("link"))
                        .map(address ->
                                address.path("local").asText()
                                        + "/"
                                        + address.path("prefixlen").asInt())
                        .toList());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(node -> !node.isEmpty())
                .toList();
    }
}
