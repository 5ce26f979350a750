package io.patchbay.bench.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What is forwarded between, and how it is called in the report.
sealed interface Devices {
    String name();

    /// Runs a contender over it.
    Contender.Result run(Contender contender, int burst, int seconds)
            throws IOException, InterruptedException;

    /// Two ports that invent what they receive, and swallow what they are sent.
    record Null() implements Devices {
        @Override
        public String name() {
            return "net_null";
        }

        @Override
        public Contender.Result run(Contender contender, int burst, int seconds)
                throws IOException, InterruptedException {
            return contender.run(
                    burst, seconds, List.of("--vdev", "net_null0", "--vdev", "net_null1"));
        }
    }

    /// Two virtio-user ports, with the other ends, vhost, in a testpmd that sends and takes packets
    /// as fast as it can, on the other CPU. It serves the sockets.
    record Vhost(Path directory) implements Devices {
        @Override
        public String name() {
            return "vhost";
        }

        @Override
        public Contender.Result run(Contender contender, int burst, int seconds)
                throws IOException, InterruptedException {
            Files.deleteIfExists(directory.resolve("a.sock"));
            Files.deleteIfExists(directory.resolve("b.sock"));
            try (Program _ = Testpmd.source(directory, "flowgen", ends("net_vhost%d,iface=%s"))) {
                return contender.run(burst, seconds, ends("net_virtio_user%d,path=%s"));
            }
        }

        private List<String> ends(String device) {
            return List.of(
                    "--vdev",
                    device.formatted(0, directory.resolve("a.sock")),
                    "--vdev",
                    device.formatted(1, directory.resolve("b.sock")));
        }
    }
}
