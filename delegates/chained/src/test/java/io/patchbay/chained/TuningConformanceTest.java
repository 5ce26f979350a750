package io.patchbay.chained;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class TuningConformanceTest extends ChainConformance<TuningConfig> {
    @TempDir Path etc;

    @Override
    public DelegateProvider<TuningConfig> provider() {
        return new TuningProvider();
    }

    @Override
    protected String settings() {
        return "{\"allowlistFile\": \"%s\"}".formatted(etc.resolve("allowlist.conf"));
    }

    @Override
    String plugin() {
        return """
        {"type": "tuning", "mac": "02:00:00:00:51:61", "mtu": 1400, "promisc": true, "allmulti": true, "txQLen": 77,
         "sysctl": {"net.ipv4.conf.IFNAME.arp_filter": "1", "net.core.somaxconn": "2048"}}\
        """;
    }

    /// The node's owner allows other sysctls by now.
    @Override
    public void spoil(NodeRig node) {
        try {
            Files.writeString(etc.resolve("allowlist.conf"), "^net\\.ipv6\\.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
