package io.patchbay.meta.selftest;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.socket.Listening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A self-test of this node: the node itself, then the daemon, then each network.
public final class Selftest {
    private final Plugin plugin;
    private final Installation installation;
    private final Supplier<SandboxJournal> journal;
    private final OpenSandboxes sandboxes;

    /// @param journal the daemon's, read anew by each call
    public Selftest(Plugin plugin, Installation installation, Supplier<SandboxJournal> journal) {
        this.plugin = plugin;
        this.installation = installation;
        this.journal = journal;
        this.sandboxes = new OpenSandboxes(plugin);
    }

    /// Needs root. What an earlier self-test left that was killed is detached first.
    public void run(List<TestedNetwork> networks, Report report) {
        Runtime.getRuntime().addShutdownHook(new Thread(sandboxes::end, "selftest-end"));
        Kernel kernel = Kernel.ofThisMachine();
        NodeFacts node = new NodeView(installation, plugin, kernel).look(networks);
        report.add("node", NodeJudgement.of(node));
        if (!Listening.on(installation.socket())) {
            report.add(
                    "daemon",
                    List.of(
                            Finding.failed(
                                    "socket",
                                    "nobody listens on %s, so no network can be tested: start the daemon (systemctl start patchbay), and see its log if it does not stay"
                                            .formatted(installation.socket()))));
            return;
        }
        report.add("daemon", daemon());
        NetworkTrial trial = new NetworkTrial(sandboxes, kernel, journal);
        for (TestedNetwork network : networks) {
            Optional<Finding> untried = NetworkJudgement.untried(network);
            report.add(
                    "network " + network.title(),
                    untried.map(List::of)
                            .orElseGet(() -> NetworkJudgement.of(trial.observe(network))));
        }
    }

    private List<Finding> daemon() {
        List<Finding> findings = new ArrayList<>();
        Answer status = plugin.call(Map.of("CNI_COMMAND", "STATUS"), Plugin.configuration());
        findings.add(
                status.succeeded()
                        ? Finding.passed("STATUS", "ready for pods")
                        : Finding.failed("STATUS", "refused with " + status.refusal()));
        for (Sandbox left : journal.get().all()) {
            String id = left.plan().containerId();
            if (id.startsWith(SelftestArguments.PREFIX)) {
                findings.add(detach(id));
            }
        }
        return findings;
    }

    private Finding detach(String id) {
        Answer del =
                sandboxes.call(
                        "DEL",
                        id,
                        "",
                        SelftestArguments.of(Optional.empty()),
                        Plugin.configuration());
        return del.succeeded()
                ? Finding.passed("DEL", id + " of an earlier self-test that was killed: done")
                : Finding.failed(
                        "DEL",
                        "%s of an earlier self-test that was killed: refused with %s"
                                .formatted(id, del.refusal()));
    }
}
