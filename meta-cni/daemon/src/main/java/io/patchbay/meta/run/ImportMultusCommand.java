package io.patchbay.meta.run;

import io.patchbay.meta.kube.ClusterReader;
import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.kube.Yaml;
import io.patchbay.meta.multus.MultusImport;
import io.patchbay.meta.multus.Translation;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Where to write patchbay.yaml; without it, it goes to the standard output, with the sentences as comments.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Write over a FILE that is there.")
    private boolean force;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path source = Objects.requireNonNull(config);
        Translation translation = MultusImport.read(source, networks, ofCluster(), Validation::of);
        String yaml = Yaml.text(translation.settings());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (output == null) {
            translation
                    .remarks()
                    .forEach(remark -> out.println("# " + remark.replace("\n", "\n# ")));
            out.print(yaml);
        } else {
            write(output, "# Made from %s by patchbay import multus.%n%s".formatted(source, yaml));
            translation.remarks().forEach(out::println);
            out.println(output + " is written");
        }
        out.flush();
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

    private void write(Path file, String text) {
        try {
            if (force) {
                Files.writeString(file, text);
            } else {
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "%s is there already: name another file, or write over it with --force"
                            .formatted(file),
                    e);
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "%s cannot be written: %s".formatted(file, Reason.of(e)),
                    e);
        }
    }
}
