package io.patchbay.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.e2e.node.PodNetns;
import java.util.ArrayList;
import java.util.List;

/// What a pod has, by `ip -j address` inside it.
record PodView(String name, List<Attachment> attachments) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// One interface with its first IPv4 address.
    record Attachment(String link, String ip, int prefix, String mac, int mtu) {}

    static PodView of(String name, PodNetns pod) {
        List<Attachment> attachments = new ArrayList<>();
        for (JsonNode link : parse(pod.run("ip", "-j", "address"))) {
            for (JsonNode address : link.path("addr_info")) {
                if (address.path("family").asText().equals("inet")
                        && !link.path("ifname").asText().equals("lo")) {
                    attachments.add(
                            new Attachment(
                                    link.path("ifname").asText(),
                                    address.path("local").asText(),
                                    address.path("prefixlen").asInt(),
                                    link.path("address").asText(),
                                    link.path("mtu").asInt()));
                }
            }
        }
        return new PodView(name, attachments);
    }

    private static JsonNode parse(String output) {
        try {
            return JSON.readTree(output);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON came from ip: " + output, e);
        }
    }

    static String table(List<PodView> pods) {
        StringBuilder table =
                new StringBuilder(
                        "%n    %-8s %-6s %-20s %-18s %5s%n"
                                .formatted("POD", "LINK", "ADDRESS", "MAC", "MTU"));
        for (PodView pod : pods) {
            for (Attachment attachment : pod.attachments) {
                table.append(
                        "    %-8s %-6s %-20s %-18s %5d%n"
                                .formatted(
                                        pod.name,
                                        attachment.link,
                                        attachment.ip + "/" + attachment.prefix,
                                        attachment.mac,
                                        attachment.mtu));
            }
        }
        return table.append('\n').toString();
    }
}
