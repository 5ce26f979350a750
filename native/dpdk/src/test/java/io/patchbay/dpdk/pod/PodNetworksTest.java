package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.dpdk.pod.NetworkDevice.KernelLink;
import io.patchbay.dpdk.pod.NetworkDevice.Memif;
import io.patchbay.dpdk.pod.NetworkDevice.Pci;
import io.patchbay.dpdk.pod.NetworkDevice.Vdpa;
import io.patchbay.dpdk.pod.NetworkDevice.VhostUser;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodNetworksTest {
    @TempDir Path root;
    private PaperContainer container;

    @BeforeEach
    void machine() {
        container = PaperContainer.small(root);
    }

    @Test
    void everythingThatIsToldOfANetworkIsRead() {
        container.status(
                """
                [{"name": "cluster", "interface": "eth0", "ips": ["10.0.0.5", "2001:db8::5"],
                  "mac": "02:00:00:AA:BB:CC", "mtu": 9001, "default": true, "dns": {}, "new": [1]},
                 {"name": "core/wire", "device-info": null}]
                """);

        assertThat(container.read().networks())
                .containsExactly(
                        new PodNetwork(
                                "cluster",
                                Optional.of("eth0"),
                                List.of(
                                        InetAddress.ofLiteral("10.0.0.5"),
                                        InetAddress.ofLiteral("2001:db8::5")),
                                Optional.of("02:00:00:aa:bb:cc"),
                                OptionalInt.of(9001),
                                true,
                                new KernelLink()),
                        new PodNetwork(
                                "core/wire",
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                false,
                                new KernelLink()));
    }

    @Test
    void everyKindOfDeviceIsRead() {
        container
                .vfio("0000:01:10.0", "1", 12)
                .function("0000:3b:00.2", "mlx5_core", "-1")
                .directory("/sys/bus/pci/devices/0000:3b:00.2/infiniband/mlx5_2")
                .status(
                        """
                        [{"name": "a", "device-info": {"type": "pci", "version": "1.1.0",
                           "pci": {"pci-address": "0000:01:10.0", "later": 1}}},
                         {"name": "b", "device-info": {"type": "pci",
                           "pci": {"pci-address": "0000:3B:00.2", "rdma-device": "mlx5_2"}}},
                         {"name": "c", "device-info": {"type": "vhost-user",
                           "vhost-user": {"mode": "client", "path": "/c"}}},
                         {"name": "d", "device-info": {"type": "vhost-user",
                           "vhost-user": {"mode": "server", "path": "/d"}}},
                         {"name": "e", "device-info": {"type": "memif",
                           "memif": {"role": "master", "path": "/e", "mode": "punt"}}},
                         {"name": "f", "device-info": {"type": "memif",
                           "memif": {"role": "slave", "path": "/f", "mode": "ethernet", "id": 3}}},
                         {"name": "g", "device-info": {"type": "vdpa", "vdpa": {"driver": "vhost",
                           "parent-device": "vdpa0", "path": "/dev/vhost-vdpa-0"}}}]
                        """);

        assertThat(container.read().networks().stream().map(PodNetwork::device))
                .containsExactly(
                        new Pci(
                                "0000:01:10.0",
                                Optional.of("vfio-pci"),
                                OptionalInt.of(1),
                                Optional.of("/dev/vfio/12"),
                                true,
                                List.of()),
                        new Pci(
                                "0000:3b:00.2",
                                Optional.of("mlx5_core"),
                                OptionalInt.empty(),
                                Optional.empty(),
                                false,
                                List.of("mlx5_2")),
                        new VhostUser(false, "/c"),
                        new VhostUser(true, "/d"),
                        new Memif(true, "/e", "inject-punt", 0),
                        new Memif(false, "/f", "ethernet", 3),
                        new Vdpa("vdpa0", "vhost", "/dev/vhost-vdpa-0"));
    }

    @Test
    void aNetworkIsFoundByWhatTellsItFromTheOthers() {
        container.status(
                """
                [{"name": "cluster", "interface": "eth0"}, {"name": "core/fast", "interface": "net1"},
                 {"name": "core/pair", "interface": "net2"}, {"name": "core/pair", "interface": "net3"},
                 {"name": "net1", "interface": "net4"}]
                """);
        PodDevices devices = container.read();

        assertThat(devices.network("core/fast").ifName()).contains("net1");
        assertThat(devices.network("fast").ifName()).contains("net1");
        assertThat(devices.network("net3").name()).isEqualTo("core/pair");
        assertThat(devices.network("net1").ifName()).as("a name before a link").contains("net4");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> devices.network("core/pair"))
                .withMessageContaining("2 networks core/pair: core/pair (net2), core/pair (net3)");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> devices.network("slow"))
                .withMessageContaining("no network slow")
                .withMessageContaining("core/fast (net1)");
    }

    @Test
    void whoAsksForANetworkLearnsWhyNoneIsKnown() {
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> container.read().network("a"))
                .withMessageContaining("there is no file " + container.at(PodPlaces.ANNOTATIONS))
                .withMessageContaining("downward API");

        container.write(PodPlaces.ANNOTATIONS, "a=\"1\"\n");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> container.read().network("a"))
                .withMessageContaining("has no annotation k8s.v1.cni.cncf.io/network-status");
    }

    @Test
    void theFileCanBeElsewhere() {
        container
                .write("/podinfo/status", "[{\"name\": \"a\"}]")
                .variable(PodPlaces.VARIABLE, "podinfo/status");

        assertThat(container.read().network("a").name()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[ | is no JSON",
                "[] [] | goes on after",
                "{} | a list of networks is expected",
                "[1] | key \"[0]\": an object is expected, and 1 is there",
                "[{}] | key \"[0].name\": it is missing",
                "[{'name': 1}] | key \"[0].name\": a string is expected",
                "[{'name': 'a', 'name': 'b'}] | Duplicate",
                "[{'name': 'a', 'ips': 'x'}] | key \"[0].ips\": a list is expected",
                "[{'name': 'a', 'ips': ['x']}] | key \"[0].ips\": \"x\" is no IP address",
                "[{'name': 'a', 'ips': [1]}] | key \"[0].ips[0]\": a string is expected",
                "[{'name': 'a', 'mtu': '9'}] | key \"[0].mtu\": a whole number is expected",
                "[{'name': 'a', 'mtu': 1.5}] | key \"[0].mtu\": 1.5 is no whole number",
                "[{'name': 'a', 'default': 1}] | key \"[0].default\": true or false is expected",
                "[{'name': 'a', 'device-info': {'type': 'x'}}] | key \"[0].device-info.type\": \"x\" is none of pci",
                "[{'name': 'a', 'device-info': {'type': 'pci', 'version': '2.0'}}] | \"2.0\" is not spoken",
                "[{'name': 'a', 'device-info': {'type': 'pci'}}] | key \"[0].device-info.pci\": it is missing",
                "[{'name': 'a', 'device-info': {'type': 'pci', 'pci': {}}}] | key \"[0].device-info.pci.pci-address\"",
                "[{'name': 'a', 'device-info': {'type': 'pci', 'pci': {'pci-address': 'eth0'}}}] | \"eth0\" is no PCI address",
                "[{'name': 'a', 'device-info': {'type': 'vhost-user', 'vhost-user': {'mode': 'x'}}}] | \"x\" is none of client, server",
                "[{'name': 'a', 'device-info': {'type': 'memif', 'memif': {'mode': 'ip', 'role': 'x'}}}] | \"x\" is none of master, slave",
                "[{'name': 'a', 'device-info': {'type': 'memif', 'memif': {'mode': 'ip', 'role': 'slave', 'path': 'a', 'id': -1}}}] | key \"[0].device-info.memif.id\": a whole number is expected",
            })
    void whatIsMalformedIsNamed(String status, String words) {
        container.status(status.replace('\'', '"'));

        assertThatExceptionOfType(PodException.class)
                .isThrownBy(container::read)
                .withMessageContaining(container.at(PodPlaces.ANNOTATIONS).toString())
                .withMessageContaining("k8s.v1.cni.cncf.io/network-status")
                .withMessageContaining(words);
    }
}
