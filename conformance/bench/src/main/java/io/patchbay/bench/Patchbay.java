package io.patchbay.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Patchbay through its plugin binary.
///
/// @param name what the report calls it
/// @param places PATCHBAY_SOCKET and PATCHBAY_STATE
record Patchbay(String name, Path shim, Map<String, String> places) implements Subject {
    private static final String CONFIG =
            """
            {"cniVersion": "1.1.0", "name": "patchbay", "type": "patchbay"}
            """;

    @Override
    public void add(Pod pod, Course course) {
        call("ADD", pod, course);
    }

    @Override
    public void del(Pod pod, Course course) {
        call("DEL", pod, course);
    }

    private void call(String command, Pod pod, Course course) {
        Map<String, String> environment = new HashMap<>(places);
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", pod.containerId());
        environment.put("CNI_NETNS", pod.netns());
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_PATH", "/nowhere");
        environment.put(
                "CNI_ARGS",
                "K8S_POD_NAMESPACE=bench;K8S_POD_NAME=%s-%d"
                        .formatted(course.kind().type(), course.interfaces()));
        new Exec(shim, environment, CONFIG).run();
    }
}
