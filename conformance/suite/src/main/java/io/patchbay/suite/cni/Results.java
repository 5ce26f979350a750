package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Where to look in a result. It is read to the letter of the specification, and not by the codec
/// of the daemon.
final class Results {
    private Results() {}

    /// Results have interfaces since version 0.3.0.
    static boolean knowsInterfaces(ObjectNode result) {
        return !List.of("0.1.0", "0.2.0").contains(result.path("cniVersion").asText());
    }

    /// The pod's own interface.
    static Optional<JsonNode> own(ObjectNode result, Pod pod) {
        for (JsonNode link : result.path("interfaces")) {
            if (link.path("name").asText().equals(pod.ifName())
                    && link.path("sandbox").asText().equals(pod.netns())) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return false;
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        String address = text.substring(0, slash);
        return isAddress(address) && prefix <= (address.contains(":") ? 128 : 32);
    }

    /// No name is looked up: it has digits, dots and colons only.
    static boolean isAddress(String text) {
        if (!text.matches("[0-9a-fA-F:.]+") || text.matches("\\d+")) {
            return false;
        }
        try {
            return !InetAddress.ofLiteral(text).getHostAddress().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
