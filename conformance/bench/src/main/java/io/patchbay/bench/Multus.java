package io.patchbay.bench;

import java.nio.file.Path;
import java.util.Map;

/// Multus, the plugin that does all by itself (without its daemon), with the reference plugins. A
/// pod and its networks are the API server's, but for the first network: Multus' own configuration
/// has that.
///
/// @param kubeconfig by which it asks the API server
record Multus(Path binary, Path plugins, Path kubeconfig, Side side) implements OneCall {
    @Override
    public String name() {
        return "Multus, thin";
    }

    @Override
    public void call(String command, Pod pod, Course course) {
        String config =
                """
                {"cniVersion": "1.0.0", "name": "multus", "type": "multus", "kubeconfig": "%s",
                 "cniDir": "%s", "confDir": "%s", "delegates": [%s]}
                """
                        .formatted(
                                kubeconfig,
                                side.directory().resolve("cache"),
                                side.directory(),
                                side.config(course.kind(), 0));
        new Plugin(binary, plugins, Map.of())
                .about(side.name(), course.pod())
                .call(command, pod, "eth0", config);
    }
}
