package io.patchbay.bench;

import io.patchbay.bench.Subject.Pod;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A plugin's binary, called as a runtime calls it.
///
/// @param path the directory of CNI_PATH
/// @param environment what else it finds there
record Plugin(Path binary, Path path, Map<String, String> environment) {
    void call(String command, Pod pod, String ifname, String config) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("CNI_COMMAND", command);
        all.put("CNI_CONTAINERID", pod.containerId());
        all.put("CNI_NETNS", pod.netns());
        all.put("CNI_IFNAME", ifname);
        all.put("CNI_PATH", path.toString());
        all.put("PATH", System.getenv("PATH"));
        new Exec(binary, all, config).run();
    }

    /// The same as a kubelet's runtime calls it, with the pod's name.
    Plugin about(String namespace, String pod) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(
                "CNI_ARGS",
                "IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s".formatted(namespace, pod));
        return new Plugin(binary, path, all);
    }
}
