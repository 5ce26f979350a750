package io.patchbay.meta.run;

import io.patchbay.meta.kube.ClusterReader;
import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.kube.Pod;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints the plan of each pod of some manifests, without effect.
@Command(
        description = {
            "Print what each pod of some manifests, or of a cluster, would get, or its refusal.",
            "Networks and namespaces are those of the same manifests, then those of the cluster: that",
            "of a kubeconfig, or the one that the configuration names, or the one whose pod this runs",
            "in. Where there is none they are those of the directory of manifests that the",
            "configuration names. Nothing is changed."
        },
        customSynopsis =
                "patchbay explain [FILE...] [--pod NAMESPACE/NAME]... [--kubeconfig FILE] [--config FILE]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern POD = Pattern.compile("([^/]+)/([^/]+)");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; /etc/patchbay/patchbay.yaml if it is there.")
    private @Nullable Path config;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The cluster to ask, as kubectl finds it.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--pod",
            paramLabel = "NAMESPACE/NAME",
            description = "A pod that is in the cluster.")
    private List<String> names = List.of();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Manifests with the pods.")
    private List<Path> files = List.of();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = SettingsFile.read(Optional.ofNullable(config), System.getenv());
        List<Manifest> given = files.stream().map(NodeNetworks::read).toList();
        Optional<ClusterReader> found =
                ClusterReader.find(
                        Optional.ofNullable(kubeconfig), settings.kubernetes(), System.getenv());
        try (ClusterReader cluster = found.orElse(null)) {
            List<Pod> pods = new ArrayList<>();
            given.forEach(one -> pods.addAll(one.pods()));
            names.forEach(name -> pods.add(pod(name, cluster)));
            return explain(
                    pods,
                    given,
                    new Explanation(settings, NodeNetworks.view(given, settings, cluster)));
        }
    }

    private static Pod pod(String name, @Nullable ClusterReader cluster) {
        Matcher parts = POD.matcher(name);
        if (!parts.matches()) {
            throw CniException.invalidConfig(
                    "--pod \"%s\" names no pod: write NAMESPACE/NAME".formatted(name));
        }
        if (cluster == null) {
            throw CniException.invalidConfig(
                    "--pod %s needs a cluster, and none is known: name one by --kubeconfig"
                            .formatted(name));
        }
        return cluster.find(parts.group(1), parts.group(2))
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "pod %s is not in %s".formatted(name, cluster.place())));
    }

    private int explain(List<Pod> pods, List<Manifest> given, Explanation explanation) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        given.stream().flatMap(one -> one.problems().stream()).forEach(out::println);
        boolean fine = given.stream().allMatch(one -> one.problems().isEmpty());
        for (Pod pod : pods) {
            fine &= explain(pod, explanation, out);
        }
        if (pods.isEmpty()) {
            out.println(
                    files.isEmpty()
                            ? "which pod? Name the FILE of its manifest, or --pod NAMESPACE/NAME"
                            : "there is no pod in the files: a manifest with kind: Pod is expected");
        }
        out.flush();
        return fine && !pods.isEmpty() ? 0 : 1;
    }

    private static boolean explain(Pod pod, Explanation explanation, PrintWriter out) {
        try {
            out.print("pod %s%n%s".formatted(pod.ref(), explanation.of(pod).indent(2)));
            return true;
        } catch (CniException e) {
            out.println("pod %s is %s".formatted(pod.ref(), Explanation.refusal(e)));
            return false;
        }
    }
}
