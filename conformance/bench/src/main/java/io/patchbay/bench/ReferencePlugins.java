package io.patchbay.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The reference plugins bridge and macvlan with host-local, one exec after the other.
///
/// @param plugins the directory of their binaries
/// @param leases host-local's data directory
record ReferencePlugins(Path plugins, Path leases) implements Subject {
    private static final String BRIDGE =
            """
            {"cniVersion": "1.0.0", "name": "ref-0", "type": "bridge", "bridge": "ref0",
             "ipam": {"type": "host-local", "subnet": "10.240.0.0/16", "dataDir": "%s"}}
            """;
    private static final String MACVLAN =
            """
            {"cniVersion": "1.0.0", "name": "ref-%d", "type": "macvlan", "master": "media0", "mode": "bridge",
             "ipam": {"type": "host-local", "subnet": "10.%d.0.0/16", "dataDir": "%s"}}
            """;

    @Override
    public String name() {
        return "reference plugins";
    }

    @Override
    public void add(Pod pod, int interfaces) {
        for (int i = 0; i < interfaces; i++) {
            call("ADD", pod, i);
        }
    }

    @Override
    public void del(Pod pod, int interfaces) {
        for (int i = interfaces - 1; i >= 0; i--) {
            call("DEL", pod, i);
        }
    }

    private void call(String command, Pod pod, int position) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", pod.containerId());
        environment.put("CNI_NETNS", pod.netns());
        environment.put("CNI_IFNAME", position == 0 ? "eth0" : "net" + position);
        environment.put("CNI_PATH", plugins.toString());
        environment.put("PATH", System.getenv("PATH"));
        new Exec(plugins.resolve(type(position)), environment, config(position)).run();
    }

    private static String type(int position) {
        return position == 0 ? "bridge" : "macvlan";
    }

    private String config(int position) {
        return position == 0
                ? BRIDGE.formatted(leases)
                : MACVLAN.formatted(position, 240 + position, leases);
    }

    /// What has to be installed for it.
    static List<String> binaries() {
        return List.of("bridge", "macvlan", "host-local");
    }
}
