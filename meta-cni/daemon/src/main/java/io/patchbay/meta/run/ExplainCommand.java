package io.patchbay.meta.run;

import io.patchbay.meta.kube.GivenManifests;
import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.kube.ManifestReader;
import io.patchbay.meta.kube.Pod;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints the plan of each pod of some manifests, without effect.
@Command(
        name = "explain",
        description = {
            "Print what each pod of some manifests would get, or its refusal.",
            "Networks and namespaces are those of the same files, then those of the directory of",
            "manifests that the configuration names. Nothing is changed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ExplainCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; /etc/patchbay/patchbay.yaml if it is there.")
    private @Nullable Path config;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Manifests with the pods.")
    private List<Path> files = List.of();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = SettingsFile.read(Optional.ofNullable(config), System.getenv());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Manifest> given = new ArrayList<>();
        for (Path file : files) {
            given.add(read(file));
        }
        List<Manifest> all = new ArrayList<>(given);
        for (Path file : others(settings.manifests())) {
            all.add(read(file));
        }
        given.stream().flatMap(one -> one.problems().stream()).forEach(out::println);
        Explanation explanation = new Explanation(settings, new GivenManifests(all));
        boolean fine = given.stream().allMatch(one -> one.problems().isEmpty());
        List<Pod> pods = given.stream().flatMap(one -> one.pods().stream()).toList();
        for (Pod pod : pods) {
            fine &= explain(pod, explanation, out);
        }
        if (pods.isEmpty()) {
            out.println("there is no pod in the files: a manifest with kind: Pod is expected");
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

    private static Manifest read(Path file) {
        try {
            return ManifestReader.read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new InvalidSettings(
                    List.of("%s cannot be read: %s".formatted(file, Reason.of(e))));
        }
    }

    private static List<Path> others(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(ManifestReader::isManifest).sorted().toList();
        }
    }
}
