package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.socket.Await;
import io.patchbay.meta.socket.Wire;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon whole, in this process. Only root may talk to it.
@Tag("kernel")
@Timeout(300)
class DaemonTest {
    @TempDir Path directory;
    private Settings settings = Settings.DEFAULT;

    @BeforeEach
    void settle() {
        settle("");
    }

    private void settle(String more) {
        String text =
                """
                socket: %1$s/run/cni.sock
                state: %1$s/state
                manifests: %1$s/manifests
                cniConfigDirectory: %1$s/net.d
                pluginPath: []
                defaultNetwork: {type: nobodys}
                delegates: {vpc: {imds: "http://127.0.0.1:1"}}
                %2$s
                """
                        .formatted(directory, more);
        settings = SettingsFile.decode("test", text);
    }

    private Daemon start() {
        return Daemon.start(
                settings,
                new Ports(
                        new PaperKernel(),
                        new DurableFiles(settings.state()),
                        AddressPort.PLAIN,
                        DeviceFiles.ofThisMachine()));
    }

    private Wire.Reply call(String command) {
        return Wire.call(
                settings.socket(),
                Wire.frame(Map.of("CNI_COMMAND", command), Node.CONFIG.formatted(""), 0));
    }

    @Test
    void itAnswersPublishesAndLeavesTheConfigurationBehind() {
        Path config = settings.cniConfigDirectory().resolve("00-patchbay.conflist");
        try (Daemon _ = start()) {
            assertThat(config).exists();
            assertThat(call("VERSION").body()).contains("supportedVersions");
            assertThat(call("STATUS").body()).contains("\"code\":50", "nobodys");
        }
        assertThat(config).exists();
        try (Daemon _ = start()) {
            assertThat(call("VERSION").status()).isZero();
        }
    }

    private String scrape(int port) throws IOException {
        try (InputStream body =
                URI.create("http://127.0.0.1:%d/metrics".formatted(port)).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void itCountsWhatItIsAskedAndServesThatWhereItIsToldTo() throws IOException {
        int port = freePort();
        settle("metrics: {listen: \"127.0.0.1:%d\"}".formatted(port));
        try (Daemon _ = start()) {
            assertThat(call("VERSION").status()).isZero();
            String told = scrape(port);
            assertThat(told)
                    .contains("patchbay_cni_requests_total{command=\"VERSION\",code=\"0\"} 1\n")
                    .contains("# TYPE patchbay_vpc_addresses gauge\n")
                    .contains("patchbay_vpc_addresses{state=\"free\"} 0\n");
            assertThat(ask("metrics", "").body()).contains("patchbay_vpc_addresses");
        }
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> scrape(port));
    }

    @Test
    void itRunsThoughItsMetricsCannotBeServed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settle("metrics: {listen: \"127.0.0.1:%d\"}".formatted(taken.getLocalPort()));
            try (Daemon _ = start()) {
                assertThat(call("VERSION").status()).isZero();
            }
        }
    }

    @Test
    void anOperatorIsShownTheTablesOfADelegateInProcess() {
        try (Daemon _ = start()) {
            assertThat(ask("show", "vpc").body())
                    .startsWith("{\"types\":[{\"type\":\"vpc\"")
                    .contains("\"name\":\"addresses\"", "UNTIL");
            assertThat(ask("show", "vpx").body())
                    .contains("no delegate of type \\\"vpx\\\"", "bridge, ", "vpc");
        }
    }

    private Wire.Reply ask(String command, String type) {
        return Wire.call(
                settings.socket(),
                Wire.frame(Map.of("PATCHBAY_COMMAND", command, "PATCHBAY_TYPE", type), "", 20_000));
    }

    @Test
    void aSecondOneIsRefusedAndTheFirstKeepsWorking() {
        try (Daemon _ = start()) {
            assertThatExceptionOfType(CniException.class)
                    .isThrownBy(this::start)
                    .withMessageContaining("another daemon works on " + settings.state());
            assertThat(call("VERSION").status()).isZero();
        }
    }

    @Test
    void theCallsThatADaemonThatDiedLeftUnderWayAreKilledAtTheStart() throws Exception {
        ProcessBuilder plugin = new ProcessBuilder(List.of("sleep", "1000"));
        String pids = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
        // This process's own number, but of one that was started with the machine.
        plugin.environment()
                .put(
                        "PATCHBAY_CALL",
                        "%s,%d,1,%s,1".formatted(pids, ProcessHandle.current().pid(), session));
        Process left = plugin.start();
        try (Daemon _ = start()) {
            assertThat(left.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void whatWasSpooledIsGoneOnceItRunsAndWhatIsSpooledLaterToo() throws IOException {
        Path spool = Files.createDirectories(settings.state().resolve("spool"));
        byte[] frame =
                Wire.frame(Node.environment("DEL", "c1", "amf-0"), Node.CONFIG.formatted(""), 0);
        Path before = Files.write(spool.resolve("00000000000000000001-1.del"), frame);
        Path later = spool.resolve("00000000000000000002-1.del");
        try (Daemon _ = start()) {
            assertThat(before).doesNotExist();
            Path temporary = Files.write(spool.resolve(".tmp-1"), frame);
            Files.move(temporary, later);
            Await.until("the later one is gone", () -> Files.notExists(later));
        }
    }
}
