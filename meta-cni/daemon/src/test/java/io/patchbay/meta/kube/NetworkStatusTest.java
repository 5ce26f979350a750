package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NetworkStatusTest {
    private static final MacAddress MAC = MacAddress.parse("02:00:00:aa:bb:cc");

    private static AttachedNetwork attached(
            String title, CniResult result, Optional<DeviceInfo> device) {
        AttachmentId id = new AttachmentId("c1", "net", "eth0");
        return new AttachedNetwork(
                new PlannedAttachment(
                        id,
                        title,
                        CniVersion.NEWEST,
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                result,
                device);
    }

    private static Ip ip(String address, int link) {
        return new Ip(
                Cidr.parse(address),
                Optional.empty(),
                link < 0 ? OptionalInt.empty() : OptionalInt.of(link));
    }

    private static Interface inside(String name, int mtu) {
        return Interface.inSandbox(name, MAC, mtu, "/run/netns/c1");
    }

    private static void assertEncoded(String expected, AttachedNetwork... networks) {
        String encoded = NetworkStatusJson.encode(NetworkStatus.of(List.of(networks)));
        assertThat(Json.decode("status", encoded)).isEqualTo(Json.decode("expected", expected));
    }

    @Test
    void eachLinkInsideIsToldAndExactlyOneIsTheDefault() {
        CniResult vpc =
                new CniResult(
                        List.of(Interface.onHost("pb1", MAC, 9001), inside("eth0", 9001)),
                        List.of(ip("10.0.1.5/24", 1), ip("2001:db8::5/64", 1)),
                        List.of(
                                CniResult.Route.of(
                                        Cidr.parse("0.0.0.0/0"),
                                        Optional.of(Cidr.address("169.254.1.1")))),
                        new Dns(
                                List.of("10.0.0.2"),
                                Optional.of("example.org"),
                                List.of("a.example.org"),
                                List.of()));
        CniResult pair =
                new CniResult(
                        List.of(inside("net1", 0), inside("net1b", 0)),
                        List.of(ip("10.20.0.7/24", -1), ip("10.21.0.7/24", 1)),
                        List.of(),
                        Dns.EMPTY);
        assertEncoded(
                """
                [{"name": "vpc", "interface": "eth0", "ips": ["10.0.1.5", "2001:db8::5"],
                  "mac": "02:00:00:aa:bb:cc", "mtu": 9001, "default": true,
                  "dns": {"nameservers": ["10.0.0.2"], "domain": "example.org",
                          "search": ["a.example.org"]},
                  "default-route": ["169.254.1.1"], "gateway": ["169.254.1.1"]},
                 {"name": "core/pair", "interface": "net1", "ips": ["10.20.0.7"],
                  "mac": "02:00:00:aa:bb:cc", "default": false, "dns": {}},
                 {"name": "core/pair", "interface": "net1b", "ips": ["10.21.0.7"],
                  "mac": "02:00:00:aa:bb:cc", "default": false, "dns": {}}]
                """,
                attached("vpc", vpc, Optional.empty()),
                attached("core/pair", pair, Optional.empty()));
    }

    @Test
    void anAttachmentWithoutALinkIsToldWithItsDevice() {
        DeviceInfo device = new DeviceInfo.VhostUser("client", "/run/vhost/c1");
        assertEncoded(
                """
                [{"name": "core/dpdk", "default": true, "dns": {},
                  "device-info": {"type": "vhost-user", "version": "1.1.0",
                    "vhost-user": {"mode": "client", "path": "/run/vhost/c1"}}}]
                """,
                attached("core/dpdk", CniResult.EMPTY, Optional.of(device)));
    }

    @Test
    void everyDeviceHasItsOwnKeys() {
        DeviceInfo pci =
                new DeviceInfo.Pci(
                        "0000:01:10.0",
                        Optional.empty(),
                        Optional.of("mlx5_2"),
                        Optional.of("0000:01:00.0"),
                        Optional.of("eth4_0"));
        DeviceInfo vdpa =
                new DeviceInfo.Vdpa(
                        "vdpa0",
                        "vhost",
                        "/dev/vhost-vdpa-0",
                        Optional.of("0000:01:10.1"),
                        Optional.empty(),
                        Optional.empty());
        DeviceInfo memif = new DeviceInfo.Memif("master", "/run/memif", "ethernet", 0);
        assertEncoded(
                """
                [{"name": "a", "default": true, "dns": {},
                  "device-info": {"type": "pci", "version": "1.1.0",
                    "pci": {"pci-address": "0000:01:10.0", "rdma-device": "mlx5_2",
                            "pf-pci-address": "0000:01:00.0", "representor-device": "eth4_0"}}},
                 {"name": "b", "default": false, "dns": {},
                  "device-info": {"type": "vdpa", "version": "1.1.0",
                    "vdpa": {"parent-device": "vdpa0", "driver": "vhost",
                             "path": "/dev/vhost-vdpa-0", "pci-address": "0000:01:10.1"}}},
                 {"name": "c", "default": false, "dns": {},
                  "device-info": {"type": "memif", "version": "1.1.0",
                    "memif": {"role": "master", "path": "/run/memif", "mode": "ethernet"}}}]
                """,
                attached("a", CniResult.EMPTY, Optional.of(pci)),
                attached("b", CniResult.EMPTY, Optional.of(vdpa)),
                attached("c", CniResult.EMPTY, Optional.of(memif)));
    }
}
