package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedFilesTest {
    @TempDir Path directory;

    @Test
    void theCniConfigurationIsANetworkOfOurType() throws IOException {
        Path made = directory.resolve("net.d");
        CniConfigFile.publish(made, "00-patchbay.conflist");
        NetworkConfigList network =
                NetworkConfigDecoder.decode(
                        "it", Files.readString(made.resolve("00-patchbay.conflist")), "");
        assertThat(network.name()).isEqualTo("patchbay");
        assertThat(network.plugins().getFirst().type()).isEqualTo("patchbay");
        assertThat(network.plugins().getFirst().capabilities())
                .containsExactlyInAnyOrder("ips", "mac", "portMappings", "bandwidth");
        assertThat(made).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void anIdenticalOneIsLeftAloneAndAnotherReplaced() throws IOException {
        CniConfigFile.publish(directory, "x.conflist");
        Path file = directory.resolve("x.conflist");
        String content = Files.readString(file);
        FileTime old = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(file, old);
        CniConfigFile.publish(directory, "x.conflist");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
        Files.writeString(file, "{}");
        CniConfigFile.publish(directory, "x.conflist");
        assertThat(file).hasContent(content);
    }

    @Test
    void aStateDirectoryHasOneDaemon() throws IOException {
        try (StateLock _ = StateLock.hold(directory)) {
            assertThatExceptionOfType(CniException.class)
                    .isThrownBy(() -> StateLock.hold(directory))
                    .withMessageContaining("another daemon works on " + directory);
        }
        StateLock.hold(directory).close();
    }
}
