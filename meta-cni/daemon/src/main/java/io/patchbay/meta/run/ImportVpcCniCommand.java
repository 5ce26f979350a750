package io.patchbay.meta.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.kube.ClusterReader;
import io.patchbay.meta.translation.Source;
import io.patchbay.meta.translation.Translation;
import io.patchbay.meta.vpccni.VpcCniImport;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Tells, variable by variable, what will differ from the VPC CNI, and writes our configuration.
@Command(
        name = "vpc-cni",
        description = {
            "Turn the environment of Amazon's VPC CNI into a patchbay.yaml.",
            "It says a sentence on each variable of aws-node: what it becomes, what differs, or what",
            "is lost. Nothing else is changed."
        },
        customSynopsis =
                "patchbay import vpc-cni (FILE | --kubeconfig FILE) [--output FILE [--force]]",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:It is translated.", "2:It cannot be, and nothing is written."},
        exitCodeOnExecutionException = 2,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ImportVpcCniCommand implements Callable<Integer> {
    private static final String NAMESPACE = "kube-system";
    private static final String NAME = "aws-node";

    /// Where the environment is read from.
    private static final class Place {
        @Parameters(
                arity = "1",
                paramLabel = "FILE",
                description = {
                    "The DaemonSet aws-node, as kubectl prints it (YAML or JSON, a list of objects as",
                    "well), or lines of KEY=VALUE: kubectl -n kube-system exec ds/aws-node -c aws-node -- env."
                })
        private @Nullable Path file;

        @Option(
                names = "--kubeconfig",
                paramLabel = "FILE",
                description = "A cluster to read kube-system/aws-node from.")
        private @Nullable Path kubeconfig;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable Place place;

    @Mixin private TranslationOutput output = new TranslationOutput();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Place given = Objects.requireNonNull(place);
        Path source = Objects.requireNonNull(given.file == null ? given.kubeconfig : given.file);
        Translation translation =
                given.file == null
                        ? ofCluster(source)
                        : VpcCniImport.read(source.toString(), Source.text(source));
        output.write(
                translation,
                source.toString(),
                "patchbay import vpc-cni",
                Objects.requireNonNull(spec).commandLine().getOut());
        return 0;
    }

    private static Translation ofCluster(Path kubeconfig) {
        try (ClusterReader cluster =
                ClusterReader.find(Optional.of(kubeconfig), Optional.empty(), System.getenv())
                        .orElseThrow()) {
            JsonNode daemonSet =
                    cluster.daemonSet(NAMESPACE, NAME)
                            .orElseThrow(() ->
                                    CniException.invalidConfig(
                                            "%s has no DaemonSet %s/%s: give its environment as a file"
                                                    .formatted(cluster.place(), NAMESPACE, NAME)));
            return VpcCniImport.read(cluster.place(), daemonSet);
        }
    }
}
