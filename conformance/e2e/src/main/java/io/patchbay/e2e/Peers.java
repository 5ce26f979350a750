package io.patchbay.e2e;

import io.patchbay.cluster.Kubectl;
import io.patchbay.cluster.Manifests;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.ClusterNode;
import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.snapshot.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `make conformance-peers`: Multus and Patchbay, certified by the same command on the same node of
/// a real cluster. What comes out is kept in `conformance/reports`.
public final class Peers {
    private static final String BRIDGE =
            """
            {"cniVersion": "1.1.0", "name": "primary", "type": "bridge", "bridge": "%s", "isGateway": true,
             "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.30.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}}
            """;
    private static final Pattern SERVER = Pattern.compile("\"gitVersion\": *\"v([^\"]+)");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.@+-]+){2,}");
    private static final String OWN =
            "{\"cniVersion\": \"1.0.0\", \"name\": \"primary\", \"type\": \"suite-default\"}";

    private final ClusterNode cluster;
    private final Path work;

    private Peers(ClusterNode cluster, Path work) {
        this.cluster = cluster;
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException {
        Path work = Files.createTempDirectory("patchbay-peers");
        try (ClusterNode cluster = ClusterNode.create()) {
            new Peers(cluster, work).run();
        } finally {
            Witness.here().attempt("rm", "-rf", work.toString());
        }
    }

    private void run() throws IOException {
        cluster.plane().apply(Manifests.pod("core", "any", ClusterNode.NAME, Map.of()));
        multus("cni", BRIDGE.formatted("cni1"));
        multus("multi-network", OWN);
        patchbay("cni", BRIDGE.formatted("cni2"));
        patchbay("multi-network", OWN);
    }

    private void multus(String profile, String primary) throws IOException {
        Path binary = Checkout.multus().resolve("multus");
        String conf =
                """
                {"cniVersion": "1.1.0", "name": "multus", "type": "multus", "kubeconfig": "%s",
                 "cniDir": "%s", "confDir": "%s", "logToStderr": false, "delegates": [%s]}
                """
                        .formatted(kubectl().kubeconfig(), work.resolve("multus"), work, primary);
        certify(
                profile,
                "Multus",
                Checkout.multus().getFileName().toString(),
                binary,
                conf,
                new Installation(cluster.namespace(), work));
    }

    private void patchbay(String profile, String primary) throws IOException {
        Path place = Files.createDirectories(work.resolve("patchbay-" + profile));
        ClusterNode.Seat seat = cluster.seat(place, cluster.plane().url(), primary);
        try (DaemonProcess _ = seat.start()) {
            certify(
                    profile,
                    "Patchbay",
                    "patchbay",
                    Installation.plugin(),
                    "{\"cniVersion\": \"1.1.0\", \"name\": \"patchbay\", \"type\": \"patchbay\"}",
                    seat.installation());
        }
    }

    private Kubectl kubectl() {
        return cluster.plane().as("admin");
    }

    /// @param name of the report's files
    private void certify(
            String profile,
            String plugin,
            String name,
            Path binary,
            String conf,
            Installation installation)
            throws IOException {
        Path page = work.resolve("page.html");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "conformance",
                                "--plugin",
                                binary.toString(),
                                "--title",
                                title(plugin, version(name)),
                                "--conf",
                                Files.writeString(work.resolve("plugin.json"), conf).toString(),
                                "--cni-path",
                                Checkout.referencePlugins().toString(),
                                "--profile",
                                profile,
                                "--html",
                                page.toString()));
        if (profile.equals("cni")) {
            arguments.addAll(
                    List.of(
                            "--here",
                            "--kind",
                            "interface",
                            "--args",
                            "IgnoreUnknown=1;K8S_POD_NAMESPACE=core;K8S_POD_NAME=any;K8S_POD_UID="
                                    + cluster.uid("any")));
        } else {
            arguments.addAll(
                    List.of(
                            "--kubeconfig",
                            kubectl().kubeconfig().toString(),
                            "--kubectl",
                            kubectl().program().toString(),
                            "--node",
                            ClusterNode.NAME));
        }
        Witness.Said said = installation.patchbay(arguments.toArray(String[]::new));
        Path reports = Checkout.root().resolve("conformance/reports");
        Files.createDirectories(reports);
        keep(reports.resolve("%s-%s.txt".formatted(name, profile)), said.output());
        if (Files.exists(page)) {
            keep(reports.resolve("%s-%s.html".formatted(name, profile)), Files.readString(page));
            Files.delete(page);
        }
        System.out.printf(
                "%s, %s: %s%n", plugin, profile, said.output().lines().toList().getLast());
    }

    private String title(String plugin, String version) {
        String server = cluster.plane().kubectl("get", "--raw", "/version");
        Matcher said = SERVER.matcher(server);
        return "%s, version %s, at Kubernetes %s"
                .formatted(plugin, version, said.find() ? said.group(1) : "of unknown version");
    }

    private static String version(String name) {
        return name.contains("-v")
                ? name.substring(name.indexOf("-v") + 2)
                : Witness.here()
                        .run(Installation.program(), "--version")
                        .strip()
                        .replace("patchbay ", "");
    }

    /// Without the paths of the machine that it ran on.
    private static void keep(Path file, String report) throws IOException {
        Files.writeString(file, PATH.matcher(report).replaceAll("/…"));
    }
}
