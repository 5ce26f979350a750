package io.patchbay.bench;

import io.patchbay.bench.Subject.Course;
import io.patchbay.e2e.node.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A daemon of the installed tree, with everything it keeps below one directory.
record RunningDaemon(DaemonProcess process, Map<String, String> places) implements AutoCloseable {
    private static final String SETTINGS =
            """
            manifests: %1$s/manifests
            cniConfigDirectory: %1$s/net.d
            defaultNetwork: {type: loopback}
            """;

    /// Its networks are those of each kind, by position; a pod of each kind and number of
    /// interfaces has the first in the default network's place.
    private static final String NETWORK =
            """
            apiVersion: k8s.cni.cncf.io/v1
            kind: NetworkAttachmentDefinition
            metadata: {name: %s-%d, namespace: bench}
            spec: {config: '%s'}
            ---
            """;

    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %1$s-%2$d
              namespace: bench
              annotations:
                v1.multus-cni.io/default-network: bench/%1$s-0
                k8s.v1.cni.cncf.io/networks: "%3$s"
            ---
            """;

    /// @param courses whose pods it is to know
    static RunningDaemon start(Path dist, Kind.Side side, List<Course> courses) throws IOException {
        Path directory = Objects.requireNonNull(side.leases().getParent());
        Files.createDirectories(directory.resolve("manifests"));
        Files.writeString(directory.resolve("manifests/bench.yaml"), manifests(side, courses));
        Path settings = directory.resolve("patchbay.yaml");
        Files.writeString(settings, SETTINGS.formatted(directory));
        Map<String, String> places =
                Map.of(
                        "PATCHBAY_SOCKET", directory.resolve("run/cni.sock").toString(),
                        "PATCHBAY_STATE", directory.resolve("state").toString());
        List<String> command =
                List.of(
                        dist.resolve("bin/patchbay").toString(),
                        "daemon",
                        "--config",
                        settings.toString());
        return new RunningDaemon(DaemonProcess.start(command, places).awaitReady(), places);
    }

    private static String manifests(Kind.Side side, List<Course> courses) {
        StringBuilder manifests = new StringBuilder();
        for (Course course : courses) {
            String type = course.kind().type();
            manifests.append(
                    POD.formatted(
                            type,
                            course.interfaces(),
                            IntStream.range(1, course.interfaces())
                                    .mapToObj(i -> type + "-" + i)
                                    .collect(Collectors.joining(","))));
        }
        for (Kind kind : courses.stream().map(Course::kind).distinct().toList()) {
            for (int i = 0; i < Inside.MOST; i++) {
                manifests.append(
                        NETWORK.formatted(
                                kind.type(), i, kind.network(side, i).replace("\n", " ")));
            }
        }
        return manifests.toString();
    }

    @Override
    public void close() {
        process.close();
    }
}
