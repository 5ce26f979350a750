package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.plugin.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A sandbox: a network namespace and a container id.
///
/// @param chained whether its interface is there already, as if another plugin had made it
record Pod(PrivateNetns namespace, String containerId, boolean chained) implements AutoCloseable {
    private static final String ADDRESS = "10.126.0.2/24";
    private static final String GATEWAY = "10.126.0.1";

    static Pod create(boolean chained) {
        Pod pod =
                new Pod(
                        PrivateNetns.create(),
                        "suite-" + UUID.randomUUID().toString().substring(0, 13),
                        chained);
        if (chained) {
            pod.addLink(pod.ifName());
            pod.run("ip", "address", "add", ADDRESS, "dev", pod.ifName());
            pod.run("ip", "link", "set", pod.ifName(), "up");
        }
        return pod;
    }

    String ifName() {
        return "eth0";
    }

    String netns() {
        return namespace.path();
    }

    String run(String... command) {
        return namespace.witness().run(command);
    }

    /// Adds a link that no plugin made, with its other end beside it.
    void addLink(String name) {
        String otherEnd = "wire-" + name;
        run("ip", "link", "add", name, "type", "veth", "peer", "name", otherEnd);
        run("ip", "link", "set", otherEnd, "up");
    }

    /// The result of the plugin before, for a chained one.
    Optional<ObjectNode> previous(SpecVersion version) {
        if (!chained) {
            return Optional.empty();
        }
        ObjectNode result = StrictJson.empty().put("cniVersion", version.toString());
        result.putArray("interfaces")
                .addObject()
                .put("name", ifName())
                .put("mac", link().path("address").asText())
                .put("sandbox", netns());
        ObjectNode ip = result.putArray("ips").addObject();
        if (version.isBefore(SpecVersion.V1_0_0)) {
            ip.put("version", "4");
        }
        ip.put("interface", 0).put("address", ADDRESS).put("gateway", GATEWAY);
        return Optional.of(result);
    }

    /// The interface as `ip -j -d link` tells it; a missing node where there is none.
    JsonNode link() {
        for (JsonNode link : listed("ip", "-j", "-d", "link")) {
            if (link.path("ifname").asText().equals(ifName())) {
                return link;
            }
        }
        return StrictJson.empty().path(ifName());
    }

    /// The addresses of the interface with their prefix lengths, without the link-local ones.
    List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (JsonNode link : listed("ip", "-j", "address")) {
            if (link.path("ifname").asText().equals(ifName())) {
                for (JsonNode address : link.path("addr_info")) {
                    if (!address.path("scope").asText().equals("link")) {
                        addresses.add(
                                address.path("local").asText()
                                        + "/"
                                        + address.path("prefixlen").asText());
                    }
                }
            }
        }
        return addresses;
    }

    private JsonNode listed(String... command) {
        return StrictJson.list("the list", run(command));
    }

    @Override
    public void close() {
        namespace.close();
    }
}
