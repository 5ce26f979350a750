package io.patchbay.meta.selftest;

import static io.patchbay.meta.selftest.Finding.issue;
import static io.patchbay.meta.selftest.Finding.passed;

import io.patchbay.meta.selftest.NodeFacts.Descriptors;
import io.patchbay.meta.selftest.NodeFacts.Feature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Judges what was found of the node. Pure. Nothing of it fails a self-test: what matters now shows
/// in the networks; what is found here bites later.
final class NodeJudgement {
    private static final long LEAST_FREE_MIB = 64;
    private static final long LEAST_DESCRIPTORS = 1024;
    private static final int MIB = 1024 * 1024;

    /// A journal that another machine's clock wrote may be a little ahead.
    private static final Duration SKEW = Duration.ofMinutes(1);

    private NodeJudgement() {}

    static List<Finding> of(NodeFacts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(passed("kernel", facts.kernel()));
        facts.features().forEach(feature -> findings.add(feature(feature)));
        findings.add(passed("java", facts.java()));
        findings.add(version(facts));
        findings.add(plugin(facts));
        findings.add(configuration(facts));
        findings.add(passed("cgroup", "version " + facts.cgroup()));
        findings.add(
                passed(
                        "runtime",
                        facts.runtimes().isEmpty()
                                ? "none found"
                                : String.join(", ", facts.runtimes())));
        facts.descriptors().ifPresent(found -> findings.add(descriptors(found)));
        findings.add(space(facts));
        findings.add(clock(facts));
        return findings;
    }

    private static Finding feature(Feature feature) {
        return feature.refusal()
                .map(refusal ->
                        issue(
                                "kernel",
                                "%s, which networks of type %s need, is refused: %s; load its module (modprobe), or install the kernel's package that has it"
                                        .formatted(
                                                feature.name(),
                                                String.join(", ", feature.wantedBy()),
                                                refusal)))
                .orElseGet(() -> passed("kernel", "has " + feature.name()));
    }

    private static Finding version(NodeFacts facts) {
        String version = facts.installation().version();
        return facts.usage().startsWith(version + ":")
                ? passed("version", version + ", and so is the plugin binary")
                : issue(
                        "version",
                        "this is %s, and the plugin binary %s is \"%s\": install both from one tree"
                                .formatted(
                                        version,
                                        facts.plugin(),
                                        facts.usage().lines().findFirst().orElse("silent")));
    }

    private static Finding plugin(NodeFacts facts) {
        return facts.installation().pluginInstalled()
                ? passed("plugin", facts.plugin().toString())
                : issue(
                        "plugin",
                        "no plugin binary \"patchbay\" is in %s, where the runtime looks: copy %s there, or set key \"pluginPath\" to where it is"
                                .formatted(facts.installation().pluginPath(), facts.plugin()));
    }

    private static Finding configuration(NodeFacts facts) {
        var file = facts.installation().cniConfig();
        if (!facts.published()) {
            return issue(
                    "configuration",
                    "there is no %s, so the runtime does not know of Patchbay: start the daemon, which writes it"
                            .formatted(file));
        }
        return facts.earlier().isEmpty()
                ? passed("configuration", file.toString())
                : issue(
                        "configuration",
                        "the runtime takes %s before %s: take it away, or set key \"cniConfigName\" to a name before it"
                                .formatted(String.join(", ", facts.earlier()), file));
    }

    private static Finding descriptors(Descriptors found) {
        String numbers = "%d of %d are in use".formatted(found.used(), found.limit());
        return found.limit() >= LEAST_DESCRIPTORS && found.used() <= found.limit() / 2
                ? passed("descriptors", numbers)
                : issue(
                        "descriptors",
                        "%s by the daemon: raise LimitNOFILE of its unit, and restart it"
                                .formatted(numbers));
    }

    private static Finding space(NodeFacts facts) {
        long mib = facts.free() / MIB;
        String free = "%d MiB are free for %s".formatted(mib, facts.installation().state());
        return mib >= LEAST_FREE_MIB
                ? passed("space", free)
                : issue(
                        "space",
                        free + ": a plan that cannot be journaled refuses its pod; make room");
    }

    private static Finding clock(NodeFacts facts) {
        return facts.newest().isAfter(facts.now().plus(SKEW))
                ? issue(
                        "clock",
                        "it is %s, and the journal was written at %s: the clock was set back; see to its NTP"
                                .formatted(facts.now(), facts.newest()))
                : passed("clock", facts.now().toString());
    }
}
