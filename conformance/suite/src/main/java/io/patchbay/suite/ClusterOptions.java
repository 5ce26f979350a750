package io.patchbay.suite;

import io.patchbay.suite.network.Kubectl;
import io.patchbay.suite.network.ManifestDirectory;
import io.patchbay.suite.network.PodCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a meta plugin finds pods and networks, for the profile multi-network.
final class ClusterOptions {
    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            description =
                    "multi-network: the directory of manifests that the plugin watches; statuses"
                            + " are in DIR/status.")
    private @Nullable Path manifests;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description =
                    "multi-network: the API server that the plugin asks; pods and networks are made"
                            + " in two namespaces of the suite's own, and removed.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--kubectl",
            paramLabel = "BIN",
            defaultValue = "kubectl",
            description = "multi-network: what speaks to it; default: ${DEFAULT-VALUE}.")
    private String kubectl = "";

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "multi-network: this node's name in the cluster.")
    private String node = "";

    String node() {
        return node;
    }

    PodCluster open() {
        if (manifests != null && kubeconfig == null) {
            if (!Files.isDirectory(manifests)) {
                throw new Misuse(manifests + " is no directory of manifests");
            }
            return new ManifestDirectory(manifests);
        }
        if (kubeconfig != null && manifests == null) {
            return new Kubectl(kubectl, kubeconfig);
        }
        throw new Misuse(
                "the profile multi-network needs the pods' cluster: give --manifests or"
                        + " --kubeconfig");
    }
}
