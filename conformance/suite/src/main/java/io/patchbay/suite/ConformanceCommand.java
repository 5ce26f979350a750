package io.patchbay.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.cni.CniProfile;
import io.patchbay.suite.cni.Kind;
import io.patchbay.suite.cni.KindDetection;
import io.patchbay.suite.cni.Subject;
import io.patchbay.suite.cni.Trial;
import io.patchbay.suite.plugin.Patience;
import io.patchbay.suite.plugin.Plugin;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.report.Certificate;
import io.patchbay.suite.report.HtmlReport;
import io.patchbay.suite.report.JunitReport;
import io.patchbay.suite.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `patchbay conformance`.
@Command(
        name = "patchbay conformance",
        description = {
            "Certifies a CNI plugin, any binary, from outside: calls it as a runtime does, in"
                    + " network namespaces",
            "of its own, and prints what it found of each row of the specification. It needs root."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status%n",
        exitCodeList = {
            " 0:every MUST that applies is kept",
            " 1:a MUST is not kept",
            " 2:the command line cannot be carried out"
        })
final class ConformanceCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--plugin",
            required = true,
            paramLabel = "BIN",
            description = "The plugin's executable.")
    private Path plugin = Path.of("");

    @Option(
            names = "--conf",
            required = true,
            paramLabel = "FILE",
            description =
                    "A configuration that it is to serve, alone or in a list. Links that it names"
                            + " as \"master\" are made.")
    private Path conf = Path.of("");

    @Option(
            names = "--cni-path",
            paramLabel = "DIRS",
            description =
                    "CNI_PATH, for the plugins that it calls; default: the plugin's own directory.")
    private @Nullable String cniPath;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "interface, ipam or chained; default: what its first ADD shows.")
    private @Nullable Kind kind;

    @Option(names = "--args", paramLabel = "K=V;…", description = "CNI_ARGS of every call.")
    private String args = "";

    @Option(
            names = "--set-up",
            paramLabel = "COMMANDS",
            description = "Shell commands that make of an empty node what the configuration needs.")
    private String setUp = "";

    @Option(
            names = "--here",
            description =
                    "Work on this node itself, because the plugin's daemon does; else every row has"
                            + " an empty node to itself.")
    private boolean here;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "What a call may take; default: ${DEFAULT-VALUE}.")
    private int deadline;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML there.")
    private @Nullable Path junit;

    @Option(names = "--html", paramLabel = "FILE", description = "Write one HTML page there.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        Certificate certificate = cni();
        out().print(TextReport.of(certificate));
        out().flush();
        write(junit, JunitReport.of(certificate));
        write(html, HtmlReport.of(certificate));
        return certificate.isConformant() ? 0 : 1;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private Certificate cni() {
        Subject subject = subject();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Plugin", name());
        facts.put("Profile", "cni, of " + CniProfile.rows().size() + " rows");
        facts.put("Kind", subject.kind().name().toLowerCase(Locale.ROOT));
        facts.put("Versions", versions(subject.spoken()));
        facts.put("Configuration", subject.config().toString());
        facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        return new Certificate(
                facts,
                Conformance.run(CniProfile.rows(), CniProfile.checks(), () -> Trial.open(subject)));
    }

    private String name() {
        return plugin.toAbsolutePath().getFileName().toString();
    }

    private static String versions(Set<SpecVersion> spoken) {
        return spoken.isEmpty()
                ? "none that can be read"
                : spoken.stream()
                        .sorted()
                        .map(SpecVersion::toString)
                        .collect(Collectors.joining(", "));
    }

    private Subject subject() {
        Path binary = plugin.toAbsolutePath();
        ObjectNode config = PluginConfiguration.read(conf, name());
        Subject unseen =
                new Subject(
                        new Plugin(binary, new Patience(Duration.ofSeconds(deadline))),
                        config,
                        cniPath == null ? binary.resolveSibling("").toString() : cniPath,
                        args,
                        setUp,
                        here ? Subject.Ground.HERE : Subject.Ground.PRIVATE,
                        Kind.INTERFACE,
                        Set.of());
        Subject heard = unseen.speaking(KindDetection.versions(unseen));
        return heard.as(kind == null ? KindDetection.kind(heard) : kind);
    }

    private static void write(@Nullable Path file, String text) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new Misuse("%s cannot be written: %s".formatted(file, e.getMessage()));
        }
    }
}
