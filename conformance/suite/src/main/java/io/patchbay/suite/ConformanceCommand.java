package io.patchbay.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kernel.User;
import io.patchbay.suite.cni.CniProfile;
import io.patchbay.suite.cni.Kind;
import io.patchbay.suite.cni.KindDetection;
import io.patchbay.suite.cni.Subject;
import io.patchbay.suite.cni.Trial;
import io.patchbay.suite.network.MetaPlugin;
import io.patchbay.suite.network.NetworkProfile;
import io.patchbay.suite.network.NetworkTrial;
import io.patchbay.suite.network.PodCluster;
import io.patchbay.suite.plugin.Patience;
import io.patchbay.suite.plugin.Plugin;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.report.Certificate;
import io.patchbay.suite.row.Row;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "cni",
            description =
                    "cni, for any plugin, or multi-network, for a meta plugin on a node of a"
                            + " cluster; default: ${DEFAULT-VALUE}.")
    private String profile = "";

    @Option(
            names = "--cni-path",
            paramLabel = "DIRS",
            description =
                    "CNI_PATH, for the plugins that it calls; default: the plugin's own directory.")
    private @Nullable String cniPath;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "cni: interface, ipam or chained; default: what its first ADD shows.")
    private @Nullable Kind kind;

    @Option(names = "--args", paramLabel = "K=V;…", description = "cni: CNI_ARGS of every call.")
    private String args = "";

    @Option(
            names = "--set-up",
            paramLabel = "COMMANDS",
            description =
                    "cni: shell commands that make of an empty node what the configuration needs.")
    private String setUp = "";

    @Option(
            names = "--here",
            description =
                    "cni: work on this node itself, because the plugin's daemon does; else every"
                            + " row has an empty node to itself.")
    private boolean here;

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "What a call may take; default: ${DEFAULT-VALUE}.")
    private int deadline;

    @Option(names = "--rows", split = ",", paramLabel = "N1", description = "Only these rows.")
    private List<String> only = List.of();

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "What the reports call the plugin; default: its file's name.")
    private String title = "";

    @Mixin private ReportOptions reports = new ReportOptions();

    @Override
    public Integer call() {
        Certificate certificate =
                switch (Profile.of(profile)) {
                    case CNI -> cni();
                    case MULTI_NETWORK -> multiNetwork();
                };
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        reports.write(certificate, out);
        return certificate.isConformant() ? 0 : 1;
    }

    private Certificate cni() {
        List<Row> rows = chosen(CniProfile.rows());
        Subject subject = subject();
        Map<String, String> facts = facts(subject.config());
        facts.put("Kind", subject.kind().name().toLowerCase(Locale.ROOT));
        facts.put("Versions", versions(subject.spoken()));
        return new Certificate(
                facts, Conformance.run(rows, CniProfile.checks(), () -> Trial.open(subject)));
    }

    private static void requireRoot() {
        if (User.effective() != 0) {
            throw new Misuse(
                    "a plugin is called in network namespaces of its own, which takes root; this is uid %d"
                            .formatted(User.effective()));
        }
    }

    private Certificate multiNetwork() {
        List<Row> rows = chosen(NetworkProfile.rows());
        ObjectNode config = PluginConfiguration.read(conf, name());
        requireRoot();
        try (PodCluster pods = cluster.open()) {
            MetaPlugin subject =
                    new MetaPlugin(
                            binary(), config, path(), pods, cluster.node(), new AtomicBoolean());
            return new Certificate(
                    facts(config),
                    Conformance.run(
                            rows, NetworkProfile.checks(), () -> NetworkTrial.open(subject)));
        }
    }

    private List<Row> chosen(List<Row> rows) {
        List<String> numbers = rows.stream().map(Row::number).toList();
        only.stream()
                .filter(number -> !numbers.contains(number))
                .findFirst()
                .ifPresent(number -> {
                    throw new Misuse(
                            "profile %s has no row %s, but %s"
                                    .formatted(profile, number, String.join(", ", numbers)));
                });
        return rows.stream().filter(row -> only.isEmpty() || only.contains(row.number())).toList();
    }

    private Map<String, String> facts(ObjectNode config) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Plugin", title.isEmpty() ? name() : title);
        facts.put("Profile", profile);
        facts.put("Configuration", config.toString());
        facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        return facts;
    }

    private String name() {
        return plugin.toAbsolutePath().getFileName().toString();
    }

    private Plugin binary() {
        if (!Files.isRegularFile(plugin) || !Files.isExecutable(plugin)) {
            throw new Misuse("--plugin %s is no executable file".formatted(plugin));
        }
        return new Plugin(plugin.toAbsolutePath(), new Patience(Duration.ofSeconds(deadline)));
    }

    private String path() {
        return cniPath == null
                ? Objects.requireNonNull(plugin.toAbsolutePath().getParent()).toString()
                : cniPath;
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
        Subject unseen =
                new Subject(
                        binary(),
                        PluginConfiguration.read(conf, name()),
                        path(),
                        args,
                        setUp,
                        here ? Subject.Ground.HERE : Subject.Ground.PRIVATE,
                        Kind.INTERFACE,
                        Set.of());
        requireRoot();
        Subject heard = unseen.speaking(KindDetection.versions(unseen));
        return heard.as(kind == null ? KindDetection.kind(heard) : kind);
    }
}
