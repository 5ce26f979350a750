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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon whole, in this process. Only root may talk to it.
@Tag("kernel")
@Timeout(60)
class DaemonTest {
    @TempDir Path directory;
    private Settings settings = Settings.DEFAULT;

    @BeforeEach
    void settle() {
        String text =
                """
                socket: %1$s/run/cni.sock
                state: %1$s/state
                manifests: %1$s/manifests
                cniConfigDirectory: %1$s/net.d
                pluginPath: []
                defaultNetwork: {type: nobodys}
                delegates: {vpc: {imds: "http://127.0.0.1:1"}}
                """
                        .formatted(directory);
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
