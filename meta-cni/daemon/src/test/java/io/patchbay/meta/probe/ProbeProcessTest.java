package io.patchbay.meta.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.probe.Finding;
import io.patchbay.spi.device.PciAddress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ProbeProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Finding of(String script, Duration patience) {
        return new ProbeProcess(List.of("sh", "-c", script), patience).find();
    }

    @Test
    void whatTheProcessSaysLastIsTheFinding() {
        assertThat(of("echo noise; echo usable: it is good", PATIENCE))
                .isEqualTo(Finding.usable("it is good"));
        assertThat(of("echo 'not usable: it is bad'; exit 1", PATIENCE))
                .isEqualTo(Finding.unusable("it is bad"));
    }

    @Test
    void aCrashIsToldAndHarmsNobody() {
        assertThat(of("echo usable: it was; kill -SEGV $$", PATIENCE))
                .isEqualTo(Finding.unusable("its probe was ended by signal 11"));
        assertThat(of("echo one >&2; echo the reason >&2; exit 7", PATIENCE))
                .isEqualTo(Finding.unusable("its probe ended with status 7: the reason"));
        assertThat(of("echo whatever", PATIENCE))
                .isEqualTo(Finding.unusable("its probe ended with status 0"));
        assertThat(of("echo usable: but no; exit 1", PATIENCE).isUsable()).isFalse();
    }

    @Test
    void whatDoesNotEndIsKilled() {
        assertThat(of("exec sleep 1000", Duration.ofSeconds(1)))
                .isEqualTo(Finding.unusable("its probe did not end within 1 s, and was killed"));
        assertThat(ProcessHandle.current().children())
                .noneMatch(child -> child.info().commandLine().orElse("").contains("sleep 1000"));
    }

    @Test
    void aSocketIsProbedByAJavaOfItsOwn(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("left.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();

        Finding finding = Probes.ofThisMachine().vhostUser(socket);

        assertThat(finding.isUsable()).isFalse();
        assertThat(finding.sentence()).startsWith("nobody listens");
    }

    @Test
    void aFunctionIsProbedByAJavaOfItsOwn() {
        assertThat(Probes.ofThisMachine().vfio(PciAddress.parse("ffff:ff:1f.7")))
                .isEqualTo(Finding.unusable("this machine has no PCI function ffff:ff:1f.7"));
    }
}
