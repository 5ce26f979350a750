package io.patchbay.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.dpdk.pod.DpdkPort;
import io.patchbay.dpdk.pod.PodDevices;
import io.patchbay.dpdk.pod.PodPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DPDK started as a container's devices say.
@NeedsDpdk
class PodPortsTest {
    @TempDir Path root;

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theArgumentsStartItAndEveryNetworkIsThePortThatIsTold() throws IOException {
        write("proc/self/status", "Cpus_allowed_list:\t0\n");
        write(
                "etc/podnetinfo/annotations",
                """
                [{"name": "core/switch", "device-info": {"type": "vhost-user",
                   "vhost-user": {"mode": "server", "path": "%1$s/vhost.sock"}}},
                 {"name": "core/wire", "mac": "02:00:00:00:00:07", "device-info": {"type": "memif",
                   "memif": {"role": "master", "path": "%1$s/memif.sock", "mode": "ethernet"}}},
                 {"name": "core/guest", "mac": "02:00:00:00:00:08", "device-info": {"type": "vhost-user",
                   "vhost-user": {"mode": "client", "path": "%1$s/vhost.sock"}}}]
                """
                        .formatted(root));
        PodDevices devices =
                PodDevices.read(PodPlaces.below(root, Map.of())).serving(List.of("core/switch"));
        List<String> arguments =
                new ArrayList<>(devices.ealArguments(List.of("core/switch", "core/wire")));
        arguments.addAll(List.of("--no-shconf", "--no-telemetry", "--log-level", "warning"));

        try (Eal eal = Eal.init(arguments)) {
            assertThat(eal.portNames())
                    .containsExactlyInAnyOrder(
                            devices.portName("core/switch"), devices.portName("core/wire"));
            try (Mempool pool = eal.mempool("packets", 1023);
                    Port server = eal.port(devices.portName("core/switch"))) {
                server.configure(PortConfig.ofQueues(1, 1), pool);
                server.start();
                DpdkPort guest = devices.port("core/guest");
                eal.hotplugAdd(guest.bus(), guest.name(), guest.arguments());
                try (Port port = eal.port(devices.portName("core/guest"))) {
                    assertThat(port.mac()).hasToString("02:00:00:00:00:08");
                }
            }
            try (Port wire = eal.port(devices.portName("core/wire"))) {
                assertThat(wire.mac()).hasToString("02:00:00:00:00:07");
            }
        }
    }
}
