package io.patchbay.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A node's containerd, with runc and the one image.
///
/// @param directory its configuration and log
record Containerd(Machine machine, Scratch directory, Programs programs) {
    static final String SOCKET = "/run/containerd/containerd.sock";

    /// Debian's runc is new enough. Without CAP_SYS_RESOURCE, root may not lower an OOM score, and
    /// a machine without AppArmor has no profile to load. The plugin for the loopback is Debian's.
    private static final String CONFIG =
            """
            version = 3
            root = "/var/lib/containerd"
            state = "/run/containerd"
            disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.internal.v1.tracing",
              "io.containerd.tracing.processor.v1.otlp"]
            [grpc]
              address = "%s"
            [plugins."io.containerd.cri.v1.images"]
              snapshotter = "overlayfs"
              [plugins."io.containerd.cri.v1.images".pinned_images]
                sandbox = "%s"
            [plugins."io.containerd.cri.v1.runtime"]
              disable_apparmor = true
              restrict_oom_score_adj = true
              [plugins."io.containerd.cri.v1.runtime".cni]
                bin_dirs = ["/opt/cni/bin", "/usr/lib/cni"]
                conf_dir = "/etc/cni/net.d"
            [plugins."io.containerd.grpc.v1.cri"]
              stream_server_address = "127.0.0.1"
            """;

    static Containerd of(Machine machine, Scratch directory) {
        return new Containerd(machine, directory, Programs.containerd());
    }

    ServerProcess start() {
        Path config = directory.write("containerd.toml", CONFIG.formatted(SOCKET, Image.PAUSE));
        String path = "PATH=%s:/usr/sbin:/usr/bin:/sbin:/bin".formatted(programs.directory());
        List<String> command =
                List.of("env", path, programs.path("containerd"), "-c", config.toString());
        return ServerProcess.start(
                "containerd", machine.enter(command), directory.file("containerd.log"));
    }

    boolean answers() {
        return new Command(machine.enter(ctr("version"))).attempt().status() == 0;
    }

    void importImage() {
        Path image = Image.write(directory);
        List<String> command = ctr("-n", "k8s.io", "images", "import", image.toString());
        new Command(machine.enter(command)).run();
    }

    private List<String> ctr(String... arguments) {
        List<String> line = new ArrayList<>(List.of(programs.path("ctr"), "--address", SOCKET));
        line.addAll(List.of(arguments));
        return line;
    }
}
