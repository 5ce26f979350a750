package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.suite.plugin.StrictJson;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Unmet;
import java.util.List;

/// What a pod asks of an attachment: it reaches the plugins that declare it, and no others.
final class RequestRows {
    private static final List<Request> REQUESTS =
            List.of(
                    new Request("N15", "ips", "ips", "[\"10.99.200.9/24\"]"),
                    new Request("N16", "mac", "mac", "\"02:00:00:ab:cd:ef\""),
                    new Request(
                            "N17",
                            "portMappings",
                            "portMappings",
                            "[{\"hostPort\": 8080, \"containerPort\": 80, \"protocol\": \"tcp\"}]"),
                    new Request(
                            "N18",
                            "bandwidth",
                            "bandwidth",
                            "{\"ingressRate\": 4000000, \"ingressBurst\": 8000000}"),
                    new Request(
                            "N19",
                            "infiniband-guid",
                            "infinibandGUID",
                            "\"c2:11:22:33:44:55:66:77\""));

    private static final List<Request> INVALID =
            List.of(
                    new Request("ips", "[\"300.1.1.1\"]"),
                    new Request("ips", "[]"),
                    new Request("mac", "\"02:00:00\""),
                    new Request("mac", "\"c2:11:22:33:44:55:66:77\""),
                    new Request("portMappings", "[{\"hostPort\": 70000, \"containerPort\": 80}]"),
                    new Request(
                            "portMappings",
                            "[{\"hostPort\": 80, \"containerPort\": 80, \"protocol\": \"icmp\"}]"),
                    new Request("bandwidth", "{\"ingressBurst\": 8000000}"),
                    new Request("infiniband-guid", "\"c2:11:22:33:44:55\""),
                    new Request("interface", "\"much-too-long-for-a-link\""));

    private static final String ALL =
            "\"capabilities\": {\"ips\": true, \"mac\": true, \"portMappings\": true,"
                    + " \"bandwidth\": true, \"infinibandGUID\": true},";

    private RequestRows() {}

    /// @param key of the annotation
    /// @param value as JSON
    private record Request(String row, String key, String capability, String value) {
        Request(String key, String value) {
            this("N20", key, key, value);
        }

        String of(String network) {
            return "[{\"name\": \"%s\", \"%s\": %s}]".formatted(network, key, value);
        }

        /// What a plugin is to see; a protocol may be written in capitals.
        boolean isIn(JsonNode runtimeConfig) {
            JsonNode wanted = StrictJson.object("", "{\"it\": " + value + "}").path("it");
            return runtimeConfig
                            .path(capability)
                            .toString()
                            .replaceAll(",\"hostIP\":\"\"", "")
                            .equalsIgnoreCase(wanted.toString())
                    || contains(runtimeConfig.path(capability), wanted);
        }

        private static boolean contains(JsonNode seen, JsonNode wanted) {
            if (wanted.isContainerNode()) {
                for (var entry : wanted.properties()) {
                    if (!contains(seen.path(entry.getKey()), entry.getValue())) {
                        return false;
                    }
                }
                for (int i = 0; wanted.isArray() && i < wanted.size(); i++) {
                    if (!contains(seen.path(i), wanted.path(i))) {
                        return false;
                    }
                }
                return seen.getNodeType() == wanted.getNodeType();
            }
            return seen.asText().equalsIgnoreCase(wanted.asText());
        }
    }

    static void declare(Checks<NetworkTrial> checks) {
        for (Request request : REQUESTS) {
            checks.check(
                    request.row(),
                    trial -> reachesWhoDeclaresIt(trial, request),
                    "Put \"%s\" into runtimeConfig of the plugins that declare the capability %s, and refuse the pod where none does."
                            .formatted(request.key(), request.capability()));
        }
        checks.check(
                        "N20",
                        RequestRows::invalidValues,
                        "Check each value of the annotation before the first attachment.")
                .check(
                        "N21",
                        RequestRows::argumentsOfThePodWin,
                        "Merge cni-args over args.cni of the configuration, key by key.")
                .check(
                        "N22",
                        RequestRows::theKubeletsRequestsAreNotForAll,
                        "Hand the runtimeConfig that the runtime gave you to the default network"
                                + " alone.")
                .check(
                        "N24",
                        RequestRows::aClaimExcludesAddresses,
                        "Refuse an element with both ipam-claim-reference and ips.");
    }

    private static void reachesWhoDeclaresIt(NetworkTrial trial, Request request) {
        RecordedLink declares =
                trial.network(
                        "a", "\"capabilities\": {\"%s\": true},".formatted(request.capability()));
        trial.network("b", "");
        NetworkPod served = trial.pod(request.of(trial.name("a")));
        NetworkPod lost = trial.pod(request.of(trial.name("b")));
        trial.publish();
        trial.add(served).result();
        JsonNode seen = declares.recorder().first("ADD").input().path("runtimeConfig");
        Unmet.unless(
                request.isIn(seen),
                "the pod asks for %s %s, and the plugin saw the runtimeConfig %s"
                        .formatted(request.key(), request.value(), seen));
        trial.add(lost)
                .refused("%s that no plugin of the network declares".formatted(request.key()));
    }

    private static void invalidValues(NetworkTrial trial) {
        trial.network("a", ALL);
        List<NetworkPod> pods =
                INVALID.stream().map(request -> trial.pod(request.of(trial.name("a")))).toList();
        trial.publish();
        for (int i = 0; i < pods.size(); i++) {
            Request request = INVALID.get(i);
            trial.add(pods.get(i)).refused("%s %s".formatted(request.key(), request.value()));
        }
    }

    private static void argumentsOfThePodWin(NetworkTrial trial) {
        RecordedLink plugin =
                trial.network(
                        "a",
                        "\"args\": {\"cni\": {\"color\": \"network\", \"shape\": \"network\"}},");
        NetworkPod pod =
                trial.pod(
                        "[{\"name\": \"%s\", \"cni-args\": {\"color\": \"pod\", \"size\": \"pod\"}}]"
                                .formatted(trial.name("a")));
        trial.publish();
        trial.add(pod).result();
        JsonNode seen = plugin.recorder().first("ADD").input().path("args").path("cni");
        Unmet.unless(
                seen.path("color").asText().equals("pod")
                        && seen.path("shape").asText().equals("network")
                        && seen.path("size").asText().equals("pod"),
                "args.cni is to have color and size of the pod and shape of the network, and is "
                        + seen);
    }

    private static void theKubeletsRequestsAreNotForAll(NetworkTrial trial) {
        RecordedLink plugin = trial.network("a", "\"capabilities\": {\"portMappings\": true},");
        NetworkPod pod = trial.pod(trial.name("a"));
        trial.publish();
        var input = trial.subject().config().deepCopy();
        input.putObject("runtimeConfig")
                .putArray("portMappings")
                .addObject()
                .put("hostPort", 8080)
                .put("containerPort", 80)
                .put("protocol", "tcp");
        trial.call(trial.callOf("ADD", pod).input(input.toString())).result();
        JsonNode seen =
                plugin.recorder().first("ADD").input().path("runtimeConfig").path("portMappings");
        Unmet.unless(
                seen.isMissingNode(),
                "the runtime's portMappings reached a network of the pod: " + seen);
    }

    private static void aClaimExcludesAddresses(NetworkTrial trial) {
        trial.network("a", ALL);
        NetworkPod pod =
                trial.pod(
                        "[{\"name\": \"%s\", \"ips\": [\"10.99.200.9/24\"], \"ipam-claim-reference\": \"claim\"}]"
                                .formatted(trial.name("a")));
        trial.publish();
        trial.add(pod).refused("ips beside ipam-claim-reference");
    }
}
