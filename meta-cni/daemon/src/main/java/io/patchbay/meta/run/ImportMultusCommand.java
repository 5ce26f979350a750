package io.patchbay.meta.run;

import io.patchbay.meta.kube.ClusterReader;
import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.multus.MultusImport;
import io.patchbay.meta.translation.Translation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Tells, key by key, what will differ from Multus, and writes our configuration.
@Command(
        name = "multus",
        description = {
            "Turn a configuration of Multus into a patchbay.yaml.",
            "It says a sentence on each key, and on each network and pod that Patchbay would treat",
            "otherwise. Nothing else is changed. Run it on a node: the default network may be one",
            "of the node's files. Networks and pods are those of the manifests, and those of the",
            "cluster: that of a kubeconfig, or the one whose pod this runs in."
        },
        customSynopsis =
                "patchbay import multus CONFIG [--networks PATH...] [--kubeconfig FILE] [--output FILE [--force]]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ImportMultusCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CONFIG",
            description = {
                "00-multus.conf or 00-multus.conflist (thin),",
                "or daemon-config.json (thick)."
            })
    private @Nullable Path config;

    @Option(
            names = "--networks",
            paramLabel = "PATH",
            arity = "1..*",
            description =
                    "Manifests of NetworkAttachmentDefinitions and pods: files, or directories of *.yaml, *.yml and *.json.")
    private List<Path> networks = List.of();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "A cluster to read networks and pods from as well.")
    private @Nullable Path kubeconfig;

    @Mixin private TranslationOutput output = new TranslationOutput();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path source = Objects.requireNonNull(config);
        Translation translation = MultusImport.read(source, networks, ofCluster(), Validation::of);
        output.write(
                translation,
                source.toString(),
                "patchbay import multus",
                Objects.requireNonNull(spec).commandLine().getOut());
        return 0;
    }

    private List<Manifest> ofCluster() {
        Optional<ClusterReader> found =
                ClusterReader.find(
                        Optional.ofNullable(kubeconfig), Optional.empty(), System.getenv());
        try (ClusterReader cluster = found.orElse(null)) {
            return cluster == null ? List.of() : List.of(cluster.everything());
        }
    }
}
