package io.patchbay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.e2e.UnixHttpServer.Asked;
import io.patchbay.e2e.UnixHttpServer.Said;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.meta.cni.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The agent of Cilium as its CNI plugin sees it: addresses, and endpoints of veth pairs, which it
/// reaches by routes instead of programs in the kernel. It remembers them while it is away.
///
/// Source: github.com/cilium/cilium v1.18.4, api/v1/openapi.yaml, and for what an answer does
/// pkg/ipam/api and pkg/endpoint/api.
final class CiliumAgent implements AutoCloseable {
    static final String ROUTER = "10.7.0.1";
    static final String ROUTER_V6 = "fd00:7::1";

    private static final Path RUN = Path.of("/run/cilium");
    private static final String HOST_ADDRESSING =
            """
            {"ipv4": {"enabled": true, "ip": "%s", "alloc-range": "10.7.0.0/24"},
             "ipv6": {"enabled": true, "ip": "%s", "alloc-range": "fd00:7::/120"}}\
            """
                    .formatted(ROUTER, ROUTER_V6);
    private static final String CONFIG =
            """
            {"status": {"addressing": %s, "datapathMode": "veth", "ipam-mode": "cluster-pool",
              "deviceMTU": 1450, "routeMTU": 1400}}
            """
                    .formatted(HOST_ADDRESSING);

    private final NodeNamespace node;
    private final Set<Integer> leased = new TreeSet<>();
    private final Map<String, JsonNode> endpoints = new TreeMap<>();
    private String health = "OK";
    private boolean refusing;
    private UnixHttpServer api;

    /// Starts it, with the link that has the node's address in the pods' network.
    CiliumAgent(NodeNamespace node) {
        this.node = node;
        node.run(
                "sh",
                "-ec",
                """
                ip link add cilium_host type veth peer name cilium_net
                ip address add %s/32 dev cilium_host
                ip link set cilium_net up
                ip link set cilium_host up
                """
                        .formatted(ROUTER));
        api = serve();
    }

    private UnixHttpServer serve() {
        return new UnixHttpServer(node.file(RUN.resolve("cilium.sock").toString()), this::answer);
    }

    /// Goes away, as in an upgrade.
    void stop() {
        api.close();
    }

    /// Is there again. It deletes first what the plugin was told of meanwhile, in files
    /// (pkg/endpoint/api/endpoint_deletion_queue.go).
    void restart() {
        try {
            for (Path file : queue()) {
                delete(Files.readString(file));
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api = serve();
    }

    /// The deletions that wait for it.
    List<String> queued() throws IOException {
        List<String> requests = new ArrayList<>();
        for (Path file : queue()) {
            requests.add(Files.readString(file));
        }
        return requests;
    }

    private List<Path> queue() throws IOException {
        Path directory = node.file(RUN.resolve("deleteQueue").toString());
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".delete")).toList();
        }
    }

    /// Finds endpoints like this from now on.
    ///
    /// @param status of definition EndpointHealthStatus
    synchronized void find(String status) {
        health = status;
    }

    /// Takes endpoints no more, or does again.
    synchronized void refuse(boolean refused) {
        refusing = refused;
    }

    /// What it was told of the endpoints that it has, by container.
    synchronized Map<String, JsonNode> endpoints() {
        return Map.copyOf(endpoints);
    }

    JsonNode endpoint(String container) {
        return Optional.ofNullable(endpoints().get(container)).orElseThrow();
    }

    /// How many addresses of either family somebody has.
    synchronized int leases() {
        return leased.size();
    }

    private synchronized Said answer(Asked asked) {
        String path = asked.path().replaceFirst("^/v1", "");
        String[] parts = path.split("/", -1);
        return switch (asked.method() + " " + parts[1]) {
            case "GET config" -> new Said(200, CONFIG);
            case "GET healthz" -> new Said(200, "{\"cilium\": {\"state\": \"Ok\"}}");
            case "POST ipam" -> lease();
            case "DELETE ipam" -> release(parts[2]);
            case "PUT endpoint" -> create(Json.decode("the endpoint", asked.body()));
            case "DELETE endpoint" -> delete(asked.body());
            case "GET endpoint" -> healthOf(parts[2]);
            default -> throw new IllegalStateException("the agent is asked for " + asked);
        };
    }

    private Said lease() {
        int number = 2;
        while (!leased.add(number)) {
            number++;
        }
        String v4 = "10.7.0." + number;
        String v6 = "fd00:7::%x".formatted(number);
        return new Said(
                201,
                """
                {"host-addressing": %1$s, "address": {"ipv4": "%2$s", "ipv6": "%3$s"},
                 "ipv4": {"ip": "%2$s", "cidrs": null, "expiration-uuid": "4-%2$s"},
                 "ipv6": {"ip": "%3$s", "cidrs": null, "expiration-uuid": "6-%3$s"}}
                """
                        .formatted(HOST_ADDRESSING, v4, v6));
    }

    /// The plugin gives both back, one after the other.
    private Said release(String address) {
        if (address.startsWith("10.7.0.")) {
            leased.remove(Integer.valueOf(address.replaceFirst(".*\\.", "")));
        }
        return new Said(200, "");
    }

    private Said create(JsonNode endpoint) {
        if (refusing) {
            return new Said(500, "\"no identity for the endpoint\"");
        }
        endpoints.put(endpoint.path("container-id").asText(), endpoint);
        node.run(
                "ip",
                "route",
                "add",
                endpoint.at("/addressing/ipv4").asText(),
                "dev",
                endpoint.path("interface-name").asText());
        return new Said(
                201,
                "{\"id\": %d, \"status\": {\"state\": \"ready\", \"networking\": {\"mac\": %s}}}"
                        .formatted(endpoints.size(), endpoint.path("mac")));
    }

    private synchronized Said delete(String request) {
        JsonNode endpoint =
                endpoints.remove(Json.decode("the request", request).path("container-id").asText());
        if (endpoint == null) {
            return new Said(404, "");
        }
        if (!endpoint.at("/datapath-configuration/external-ipam").asBoolean()) {
            release(endpoint.at("/addressing/ipv4").asText());
        }
        return new Said(200, "");
    }

    /// @param id `cni-attachment-id:`, container and interface
    private Said healthOf(String id) {
        return endpoints.containsKey(id.split(":", -1)[1])
                ? new Said(200, "{\"overallHealth\": \"%s\"}".formatted(health))
                : new Said(404, "");
    }

    @Override
    public void close() {
        api.close();
    }
}
