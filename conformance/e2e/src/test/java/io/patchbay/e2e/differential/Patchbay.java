package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Installation;

/// Patchbay by its plugin; the network is the one in the default network's place that the pod names
/// by an annotation.
record Patchbay(Installation installation) implements Side {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SETTINGS =
            """
            manifests: %s
            defaultNetwork: {type: loopback}
            deadline: 10m
            """;
    private static final String MANIFEST =
            """
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: %1$s, namespace: core}
            spec: {config: '%2$s'}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: %1$s
              namespace: core
              annotations: {v1.multus-cni.io/default-network: core/%1$s}
            """;

    /// Before the daemon is started.
    void configure() {
        installation.configure(SETTINGS.formatted(installation.manifests()));
    }

    @Override
    public void declare(String pod, Wish wish) {
        ObjectNode list = JSON.createObjectNode();
        list.put("cniVersion", wish.version()).put("name", wish.network());
        list.putArray("plugins").addAll(wish.plugins());
        installation.manifest(pod, MANIFEST.formatted(pod, list.toString().replace("'", "''")));
    }

    @Override
    public Answer call(String command, Sandbox sandbox, JsonNode previous) {
        ObjectNode input = JSON.createObjectNode();
        input.put("cniVersion", sandbox.wish().version());
        input.put("name", "patchbay").put("type", "patchbay");
        if (!sandbox.wish().runtimeConfig().isEmpty()) {
            input.set("runtimeConfig", sandbox.wish().runtimeConfig());
        }
        if (!(previous instanceof MissingNode)) {
            input.set("prevResult", previous);
        }
        var call = sandbox.call(command).input(input.toString());
        String args = call.environment().get("CNI_ARGS");
        return installation.call(
                call.with(
                        "CNI_ARGS",
                        "%s;K8S_POD_NAMESPACE=core;K8S_POD_NAME=%s"
                                .formatted(args, sandbox.pod())));
    }
}
