package io.patchbay.meta.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.selftest.NodeFacts.Descriptors;
import io.patchbay.meta.selftest.NodeFacts.Feature;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeJudgementTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long MIB = 1024 * 1024;

    /// A node that is well, but for what a test says.
    private static final class Given {
        private Optional<String> refusal = Optional.empty();
        private String usage = "patchbay 1.2: the CNI executable of Patchbay\n";
        private boolean installed = true;
        private boolean published = true;
        private List<String> earlier = List.of();
        private Descriptors descriptors = new Descriptors(60, 65536);
        private long free = 100 * MIB;
        private Instant newest = NOW.plusSeconds(30);

        private List<Finding> issues() {
            return findings().stream()
                    .filter(finding -> finding.verdict() != Verdict.PASSED)
                    .toList();
        }

        private List<Finding> findings() {
            Installation installation =
                    new Installation(
                            "patchbay 1.2",
                            List.of(Path.of("/opt/cni/bin")),
                            installed,
                            Path.of("/etc/cni/net.d/00-patchbay.conflist"),
                            Path.of("/var/lib/patchbay"),
                            Path.of("/run/patchbay/cni.sock"));
            return NodeJudgement.of(
                    new NodeFacts(
                            installation,
                            "6.1.0-18-amd64",
                            List.of(new Feature("ipvlan", List.of("ipvlan"), refusal)),
                            "25",
                            Path.of("/opt/cni/bin/patchbay"),
                            usage,
                            published,
                            earlier,
                            2,
                            List.of(),
                            Optional.of(descriptors),
                            free,
                            NOW,
                            newest));
        }

        private void hasOneIssue(String subject, String... words) {
            assertThat(issues()).hasSize(1);
            assertThat(issues().getFirst().verdict()).isEqualTo(Verdict.PASSED_WITH_ISSUES);
            assertThat(issues().getFirst().subject()).isEqualTo(subject);
            assertThat(issues().getFirst().sentence()).contains(words);
        }
    }

    @Test
    void aNodeThatIsWellHasNoIssueAndIsDescribed() {
        Given node = new Given();
        assertThat(node.issues()).isEmpty();
        assertThat(node.findings())
                .extracting(Finding::sentence)
                .contains(
                        "6.1.0-18-amd64",
                        "has ipvlan",
                        "patchbay 1.2, and so is the plugin binary",
                        "/opt/cni/bin/patchbay",
                        "/etc/cni/net.d/00-patchbay.conflist",
                        "version 2",
                        "none found",
                        "60 of 65536 are in use",
                        "100 MiB are free for /var/lib/patchbay",
                        "2026-03-01T12:00:00Z");
    }

    @Test
    void aKernelWithoutWhatANetworkNeedsIsAnIssue() {
        Given node = new Given();
        node.refusal = Optional.of("Operation not supported");
        node.hasOneIssue("kernel", "ipvlan", "Operation not supported", "modprobe");
    }

    @Test
    void aPluginBinaryOfAnotherVersionIsAnIssue() {
        Given node = new Given();
        node.usage = "patchbay 1.20: the CNI executable of Patchbay\n";
        node.hasOneIssue("version", "patchbay 1.2,", "patchbay 1.20", "one tree");
    }

    @Test
    void aPluginBinaryThatTheRuntimeDoesNotFindIsAnIssue() {
        Given node = new Given();
        node.installed = false;
        node.hasOneIssue("plugin", "/opt/cni/bin", "copy");
    }

    @Test
    void aConfigurationThatIsNotThereOrNotTheFirstIsAnIssue() {
        Given absent = new Given();
        absent.published = false;
        absent.hasOneIssue("configuration", "there is no /etc/cni/net.d/00-patchbay.conflist");
        Given second = new Given();
        second.earlier = List.of("00-multus.conf");
        second.hasOneIssue("configuration", "takes 00-multus.conf before", "cniConfigName");
    }

    @Test
    void fewFileDescriptorsAreAnIssue() {
        Given low = new Given();
        low.descriptors = new Descriptors(60, 1023);
        low.hasOneIssue("descriptors", "60 of 1023", "LimitNOFILE");
        Given full = new Given();
        full.descriptors = new Descriptors(513, 1024);
        full.hasOneIssue("descriptors", "513 of 1024");
    }

    @Test
    void aFullDiskAndAClockThatWasSetBackAreIssues() {
        Given full = new Given();
        full.free = 64 * MIB - 1;
        full.hasOneIssue("space", "63 MiB", "make room");
        Given late = new Given();
        late.newest = NOW.plusSeconds(61);
        late.hasOneIssue("clock", "2026-03-01T12:01:01Z", "NTP");
    }
}
