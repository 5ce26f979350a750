package io.patchbay.examples.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What is wrong in the words is said before DPDK starts.
class CommandLineTest {
    private final StringWriter said = new StringWriter();

    private int run(String... words) {
        CommandLine command = Main.command(new Ending());
        PrintWriter to = new PrintWriter(said, true);
        return command.setOut(to).setErr(to).execute(words);
    }

    @Test
    void theHelpNamesEveryVerb() {
        assertThat(run("--help")).isZero();
        assertThat(said.toString()).contains("l2fwd", "generate", "gtpecho", "--vdev net_null0");
    }

    @Test
    void aVerbsHelpNamesItsOptions() {
        assertThat(run("l2fwd", "--help")).isZero();
        assertThat(said.toString()).contains("--burst", "--peer", "--threads", "--json");
    }

    @Test
    void aBurstThatNoQueueTakesIsRefused() {
        assertThat(run("l2fwd", "--burst", "513")).isEqualTo(2);
        assertThat(said.toString()).contains("--burst cannot be 513: give 1 to 512.");
    }

    @Test
    void aStrayWordIsNotPassedToDpdk() {
        assertThat(run("l2fwd", "net_null0")).isEqualTo(2);
        assertThat(said.toString()).contains("'net_null0' is neither an option nor");
    }

    @Test
    void aFrameTooShortForItsTunnelIsRefused() {
        assertThat(run("generate", "--size", "77", "--teid", "1")).isEqualTo(2);
        assertThat(said.toString()).contains("--size cannot be 77: give 78 to 2000.");
    }

    @Test
    void whatIsNoTunnelIsRefused() {
        assertThat(run("generate", "--size", "100", "--teid", "0x100000000")).isEqualTo(1);
        assertThat(run("gtpecho", "--teid", "1=x")).isEqualTo(1);
        assertThat(said.toString())
                .contains("'0x100000000' is no TEID: give 0 to", "'x' is no TEID: give 0 to");
    }

    @Test
    void noVerbIsRefused() {
        assertThat(run()).isEqualTo(2);
        assertThat(said.toString()).contains("Missing required subcommand");
    }
}
