package io.patchbay.vpc.branch;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.branch.PodEni.Assigned;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// Reads the first interface of an annotation.
record PodEniReader(PodRef pod, Map<String, JsonNode> fields) {
    private static final int LAST_VLAN = 4094;

    /// What fits an int without a sign, or zeros in front.
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    static PodEniReader of(PodRef pod, String annotation) {
        JsonNode root;
        try {
            // Of an empty text the parser makes no node at all.
            root =
                    Optional.ofNullable(JsonNode.parser().parse(annotation))
                            .orElseGet(JsonNode::emptyObjectNode);
        } catch (UncheckedIOException e) {
            throw refusal(pod, "is no JSON", annotation);
        }
        if (!root.isArray()) {
            throw refusal(pod, "is no array", annotation);
        }
        List<JsonNode> all = root.asArray();
        if (all.isEmpty()) {
            throw PodEni.missing(pod);
        }
        if (!all.getFirst().isObject()) {
            throw refusal(pod, "is no array of objects", annotation);
        }
        return new PodEniReader(pod, all.getFirst().asObject());
    }

    private static CniException refusal(PodRef pod, String why, String value) {
        return CniException.invalidConfig(
                "pod %s: annotation %s %s: %s".formatted(pod, PodEni.KEY, why, value));
    }

    PodEni read() {
        Optional<Assigned> address = assigned("privateIp", "subnetCidr");
        Optional<Assigned> address6 = assigned("ipv6Addr", "subnetV6Cidr");
        if (address.isEmpty() && address6.isEmpty()) {
            throw lacks("privateIp");
        }
        return new PodEni(
                text("eniId").orElseThrow(() -> lacks("eniId")),
                parsed("ifAddress", MacAddress::parse).orElseThrow(() -> lacks("ifAddress")),
                address,
                address6,
                vlan(),
                text("associationID").orElse(""));
    }

    private Optional<Assigned> assigned(String addressKey, String subnetKey) {
        return parsed(addressKey, Cidr::address)
                .map(address -> {
                    Cidr subnet =
                            parsed(subnetKey, Cidr::parse).orElseThrow(() -> lacks(subnetKey));
                    if (!subnet.contains(address)) {
                        throw refusal(
                                pod,
                                "has a \"%s\" that is not in its \"%s\""
                                        .formatted(addressKey, subnetKey),
                                "%s, %s".formatted(Cidr.text(address), subnet));
                    }
                    return new Assigned(address, subnet);
                });
    }

    /// The controller writes `vlanId`; the plugin's own structure has `vlanID`, and Go takes
    /// either.
    private int vlan() {
        String key = fields.containsKey("vlanID") ? "vlanID" : "vlanId";
        JsonNode node = Optional.ofNullable(fields.get(key)).orElseThrow(() -> lacks("vlanId"));
        String number = node.isNumber() ? node.asNumber() : "";
        if (!NUMBER.matcher(number).matches()
                || Integer.parseInt(number) < 1
                || Integer.parseInt(number) > LAST_VLAN) {
            throw refusal(
                    pod, "has a \"%s\" that is not 1 to %d".formatted(key, LAST_VLAN), told(node));
        }
        return Integer.parseInt(number);
    }

    private <T> Optional<T> parsed(String key, Function<String, T> reader) {
        return text(key)
                .map(text -> {
                    try {
                        return reader.apply(text);
                    } catch (IllegalArgumentException e) {
                        throw refusal(
                                pod,
                                "has a bad \"%s\"".formatted(key),
                                String.valueOf(e.getMessage()));
                    }
                });
    }

    private Optional<String> text(String key) {
        Optional<JsonNode> node =
                Optional.ofNullable(fields.get(key)).filter(value -> !value.isNull());
        node.filter(value -> !value.isString())
                .ifPresent(value -> {
                    throw refusal(
                            pod, "has a \"%s\" that is no string".formatted(key), told(value));
                });
        return node.map(JsonNode::asString).filter(text -> !text.isEmpty());
    }

    private static String told(JsonNode node) {
        return String.valueOf(node);
    }

    private CniException lacks(String key) {
        return refusal(pod, "has no \"%s\"".formatted(key), String.valueOf(fields));
    }
}
