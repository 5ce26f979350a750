package io.patchbay.meta.run;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.jar.JarBook;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.pod.PodRef;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows who is plugged where, and what became of third parties' jars, from the state directory
/// alone; the daemon may run or not.
@Command(
        description = "Show who is plugged where.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("POD", "CONTAINER", "INTERFACE", "NETWORK", "TYPE", "ADDRESSES", "STATE");

    private static final List<String> JAR_COLUMNS = List.of("JAR", "TYPES", "STATE");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; /etc/patchbay/patchbay.yaml if it is there.")
    private @Nullable Path config;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = SettingsFile.read(Optional.ofNullable(config), System.getenv());
        ReadOnlyFiles state = new ReadOnlyFiles(settings.state());
        SandboxJournal journal = new SandboxJournal(state);
        List<List<String>> rows = new ArrayList<>();
        journal.all().stream()
                .sorted(Comparator.comparing(StatusCommand::pod).thenComparing(StatusCommand::id))
                .forEach(sandbox -> rows.addAll(rows(sandbox)));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(TextTable.of(COLUMNS, rows));
        List<List<String>> jars = jars(new JarBook(state));
        if (!jars.isEmpty()) {
            out.print(System.lineSeparator() + TextTable.of(JAR_COLUMNS, jars));
        }
        out.flush();
        return 0;
    }

    private static List<List<String>> jars(JarBook book) {
        return book.all().entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<String> row(String jar, JarBook.State state) {
        String types = String.join(" ", state.types());
        return List.of(jar, types.isEmpty() ? "-" : types, state.sentence());
    }

    private static String pod(Sandbox sandbox) {
        PodRef pod = sandbox.plan().pod();
        return pod.name().isEmpty() ? "-" : pod.toString();
    }

    private static String id(Sandbox sandbox) {
        return sandbox.plan().containerId();
    }

    private static List<List<String>> rows(Sandbox sandbox) {
        return sandbox.plan().attachments().stream()
                .map(attachment -> row(sandbox, attachment))
                .toList();
    }

    private static List<String> row(Sandbox sandbox, PlannedAttachment attachment) {
        Optional<CniResult> result =
                sandbox.results().map(steps -> steps.get(attachment.steps().getLast().position()));
        return List.of(
                pod(sandbox),
                id(sandbox),
                attachment.id().ifName(),
                attachment.title(),
                attachment.steps().stream().map(PlannedStep::type).collect(Collectors.joining("+")),
                result.map(StatusCommand::addresses).orElse("-"),
                result.isPresent() ? "attached" : "unfinished");
    }

    private static String addresses(CniResult result) {
        String addresses =
                result.ips().stream()
                        .map(ip -> ip.address().toString())
                        .collect(Collectors.joining(" "));
        return addresses.isEmpty() ? "-" : addresses;
    }
}
