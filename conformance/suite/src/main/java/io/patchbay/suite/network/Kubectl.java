package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.process.Child;
import io.patchbay.suite.plugin.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A cluster at its API server, by kubectl. The suite's objects are in two namespaces of their own,
/// on one node, and no kubelet is meant to run the pods.
public final class Kubectl implements PodCluster {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String PODS = "pods";
    private static final String NETWORKS = "network-attachment-definitions";

    private static final String UIDS =
            "go-template={{.metadata.name}} {{.metadata.uid}}{{\"\\n\"}}";

    private final Map<String, String> uids = new HashMap<>();
    private final List<String> command;
    private final String namespace;

    public Kubectl(String program, Path kubeconfig) {
        this.command = List.of(program, "--kubeconfig=" + kubeconfig, "--request-timeout=50s");
        this.namespace = "patchbay-conformance-" + UUID.randomUUID().toString().substring(0, 8);
        for (String each : List.of(namespace(), otherNamespace())) {
            run("", "create", "namespace", each);
        }
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String otherNamespace() {
        return namespace + "-other";
    }

    @Override
    public void create(List<ObjectNode> objects) {
        ObjectNode list = StrictJson.empty().put("apiVersion", "v1").put("kind", "List");
        list.putArray("items").addAll(objects);
        run(list.toString(), "create", "-f", "-", "-o", UIDS)
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(words -> uids.put(words[0], words[1]));
    }

    @Override
    public String uid(String pod) {
        return uids.getOrDefault(pod, "");
    }

    @Override
    public JsonNode status(String pod) {
        String text = run("", "get", "pod", pod, "-n", namespace(), "-o", "json");
        JsonNode status =
                StrictJson.object("the pod", text)
                        .path("metadata")
                        .path("annotations")
                        .path(Objects.STATUS);
        return status.isMissingNode() ? status : StrictJson.list("network-status", status.asText());
    }

    /// The namespaces go when the cluster's own controllers take them away.
    @Override
    public void close() {
        for (String each : List.of(namespace(), otherNamespace())) {
            run("", "delete", PODS, "--all", "-n", each, "--force", "--grace-period=0");
            run("", "delete", NETWORKS, "--all", "-n", each);
            run("", "delete", "namespace", each, "--wait=false");
        }
    }

    private String run(String input, String... arguments) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        Child.Ending ending =
                Child.run(
                        line,
                        Map.copyOf(System.getenv()),
                        input.getBytes(StandardCharsets.UTF_8),
                        LIMIT);
        if (ending instanceof Child.Exited(int status, String output, String _) && status == 0) {
            return output;
        }
        throw new IllegalStateException(
                "kubectl %s failed: %s".formatted(String.join(" ", arguments), ending));
    }
}
