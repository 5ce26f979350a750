package io.patchbay.e2e.node;

import java.util.LinkedHashMap;
import java.util.Map;

/// One call of the plugin as a runtime makes it: the environment and what goes to its input.
public record Call(Map<String, String> environment, String input) {
    /// The network configuration that the daemon publishes, as libcni passes it on.
    private static final String CONFIG =
            """
            {"cniVersion": "1.1.0", "name": "patchbay", "type": "patchbay"}
            """;

    public static Call of(String command) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_PATH", "/opt/cni/bin:/usr/lib/cni");
        return new Call(environment, CONFIG);
    }

    public static Call of(String command, String containerId, String netns) {
        return of(command)
                .with("CNI_CONTAINERID", containerId)
                .with("CNI_NETNS", netns)
                .with("CNI_IFNAME", "eth0");
    }

    public Call with(String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.put(key, value);
        return new Call(changed, input);
    }

    public Call without(String key) {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.remove(key);
        return new Call(changed, input);
    }

    public Call input(String text) {
        return new Call(environment, text);
    }

    /// Names the pod as a kubelet's runtime does.
    public Call pod(String namespace, String name) {
        return with(
                "CNI_ARGS",
                "IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s".formatted(namespace, name));
    }
}
