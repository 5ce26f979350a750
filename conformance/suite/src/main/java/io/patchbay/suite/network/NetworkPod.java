package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.kit.rig.PrivateNetns;
import io.patchbay.suite.plugin.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A pod of the cluster with its sandbox.
record NetworkPod(PrivateNetns namespace, String name, String containerId)
        implements AutoCloseable {
    static NetworkPod create(String name) {
        return new NetworkPod(
                PrivateNetns.create(),
                name,
                "suite" + UUID.randomUUID().toString().replace("-", ""));
    }

    String netns() {
        return namespace.path();
    }

    private JsonNode listed(String... command) {
        return StrictJson.list("the list", namespace.witness().run(command));
    }

    /// The names of its links, without the loopback and the other ends of the suite's links.
    List<String> links() {
        List<String> names = new ArrayList<>();
        for (JsonNode link : listed("ip", "-j", "link")) {
            String name = link.path("ifname").asText();
            if (!name.equals("lo") && !name.startsWith("w")) {
                names.add(name);
            }
        }
        return names;
    }

    /// The IPv4 default routes, each as `GATEWAY LINK`.
    List<String> defaultRoutes() {
        List<String> routes = new ArrayList<>();
        for (JsonNode route : listed("ip", "-j", "-4", "route", "show", "default")) {
            routes.add(route.path("gateway").asText() + " " + route.path("dev").asText());
        }
        return routes;
    }

    @Override
    public void close() {
        namespace.close();
    }
}
