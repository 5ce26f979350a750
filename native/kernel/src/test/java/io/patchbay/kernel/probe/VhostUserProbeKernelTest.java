package io.patchbay.kernel.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The back-end of DPDK itself.
@Tag("kernel")
@Timeout(600)
class VhostUserProbeKernelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    /// Run for a test, and killed with it.
    private record Testpmd(Process process, Path log) implements AutoCloseable {
        static Testpmd start(Path directory, String device) throws IOException {
            Path log = directory.resolve("log");
            ProcessBuilder command =
                    new ProcessBuilder(
                            "dpdk-testpmd",
                            "--no-huge",
                            "--no-shconf",
                            "--no-telemetry",
                            "--no-pci",
                            "-m",
                            "128",
                            "-l",
                            "0-1",
                            "--vdev",
                            device,
                            "--",
                            "-i",
                            "--total-num-mbufs=2048");
            // Where DPDK has its sockets and locks, which stay: else below /run.
            command.environment().put("RUNTIME_DIRECTORY", directory.toString());
            command.redirectErrorStream(true).redirectOutput(log.toFile());
            return new Testpmd(command.start(), log);
        }

        /// Until it says something.
        void await(String words) throws IOException, InterruptedException {
            while (!Files.readString(log).contains(words)) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("dpdk-testpmd has ended: " + Files.readString(log));
                }
            }
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void dpdksBackEndIsUsableAsOftenAsItIsAsked() throws Exception {
        Path socket = directory.resolve("vhost.sock");
        try (Testpmd testpmd = Testpmd.start(directory, "net_vhost0,iface=" + socket)) {
            testpmd.await("testpmd>");
            for (int time = 0; time < 3; time++) {
                Finding finding = VhostUserProbe.probe(socket, PATIENCE);
                assertThat(finding.isUsable()).as(finding.sentence()).isTrue();
                assertThat(finding.sentence()).contains("features 0x", "queue pairs");
            }
            assertThat(testpmd.process().isAlive()).isTrue();
        }
        assertThat(VhostUserProbe.probe(socket, PATIENCE).sentence()).contains("nobody listens");
    }
}
