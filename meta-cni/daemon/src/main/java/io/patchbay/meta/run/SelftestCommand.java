package io.patchbay.meta.run;

import io.patchbay.kernel.User;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.kube.ClusterReader;
import io.patchbay.meta.kube.GivenManifests;
import io.patchbay.meta.selftest.Installation;
import io.patchbay.meta.selftest.Plugin;
import io.patchbay.meta.selftest.Report;
import io.patchbay.meta.selftest.Selftest;
import io.patchbay.meta.selftest.TestedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Puts a temporary pod on each network of this node, through the plugin binary and the daemon that
/// runs, and says what came of it.
@Command(
        description = {
            "Put a temporary pod on each network of this node, and judge what it gets.",
            "Run it as root where the daemon runs. The pods are network namespaces without a name;",
            "the plugin binary attaches and detaches them as a runtime would. Other pods are not",
            "touched, nothing stays, and Ctrl-C detaches first. After kill -9 the next self-test",
            "or the runtime's GC does."
        },
        exitCodeListHeading = "Exit status, and last line:%n",
        exitCodeList = {
            "0:PASSED",
            "1:PASSED WITH ISSUES: pods start, but something will bite later",
            "2:FAILED, or the self-test could not begin"
        },
        exitCodeOnExecutionException = 2,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SelftestCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; /etc/patchbay/patchbay.yaml if it is there.")
    private @Nullable Path config;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description =
                    "Only this network: NAMESPACE/NAME, or the default network's name. May be repeated.")
    private List<String> chosen = List.of();

    @Option(
            names = "--skip",
            paramLabel = "NAME",
            description = "All networks but this one. May be repeated.")
    private List<String> skipped = List.of();

    @Option(
            names = "--ip",
            paramLabel = "NAME=ADDRESS/PREFIX",
            description = "A free address, for a network whose pods bring their own.")
    private Map<String, String> ips = Map.of();

    @Option(
            names = "--plugin",
            paramLabel = "FILE",
            description = "The plugin binary; else the one that the runtime would find.")
    private @Nullable Path plugin;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = SettingsFile.read(Optional.ofNullable(config), System.getenv());
        requireRoot();
        List<TestedNetwork> networks = networks(settings);
        try (StateLock _ = StateLock.holdSelftest(settings.state())) {
            Report report = new Report();
            PluginBinary binary = PluginBinary.find(settings, Optional.ofNullable(plugin));
            selftest(settings, binary).run(networks, report);
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.print(json ? report.json() + "\n" : report.text());
            out.flush();
            return report.verdict().exitStatus();
        }
    }

    private static Selftest selftest(Settings settings, PluginBinary binary) throws IOException {
        String path =
                settings.pluginPath().stream().map(Path::toString).collect(Collectors.joining(":"));
        Plugin plugin =
                new Plugin(
                        binary.file(),
                        Map.of(
                                "PATCHBAY_SOCKET", settings.socket().toString(),
                                "PATCHBAY_STATE", settings.state().toString(),
                                "CNI_PATH", path));
        Installation installation =
                new Installation(
                        new Version().getVersion()[0],
                        settings.pluginPath(),
                        binary.installed(),
                        settings.cniConfigDirectory().resolve(settings.cniConfigName()),
                        settings.state(),
                        settings.socket());
        return new Selftest(
                plugin,
                installation,
                () -> new SandboxJournal(new ReadOnlyFiles(settings.state())));
    }

    private static void requireRoot() {
        int uid = User.effective();
        if (uid != 0) {
            throw refusal(
                    "a self-test makes network namespaces and calls the daemon, which takes root; this is uid %d"
                            .formatted(uid));
        }
    }

    private List<TestedNetwork> networks(Settings settings) throws IOException {
        Optional<ClusterReader> found =
                ClusterReader.find(Optional.empty(), settings.kubernetes(), System.getenv());
        try (ClusterReader cluster = found.orElse(null)) {
            GivenManifests view = NodeNetworks.view(List.of(), settings, cluster);
            return new NetworkChoice(chosen, skipped, ips).of(settings, view);
        }
    }

    static CniException refusal(String sentence) {
        return new CniException(Standard.INVALID_NETWORK_CONFIG, sentence);
    }
}
