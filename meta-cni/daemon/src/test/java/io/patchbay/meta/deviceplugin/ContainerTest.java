package io.patchbay.meta.deviceplugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.dpdk.pod.NetworkDevice;
import io.patchbay.dpdk.pod.PodDevices;
import io.patchbay.dpdk.pod.PodPlaces;
import io.patchbay.meta.kube.NetworkStatus;
import io.patchbay.meta.kube.NetworkStatusJson;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a container reads (`io.patchbay.dpdk.pod`) of what is written for it here: the variables of
/// the device plugin, and network-status.
class ContainerTest {
    private static final String FIRST = "0000:3b:00.1";
    private static final String SECOND = "0000:3b:00.2";

    @TempDir Path root;
    private PaperHost host;
    private Map<String, String> variables = Map.of();
    private List<PoolDevice> devices = List.of();

    /// Both functions on vfio, the second without an IOMMU.
    @BeforeEach
    void allocate() throws IOException {
        host = new PaperHost(root);
        for (String address : List.of(FIRST, SECOND)) {
            host.machine.unbound(address).bound(address, "vfio-pci");
        }
        host.machine.vfio("10").vfio("noiommu-11");
        PoolSettings pool =
                PaperHost.pools(
                                "resourceList: [{resourceName: my-cards, selectors: {drivers: [vfio-pci]}, additionalInfo: {'*': {label: 'a=b'}}}]")
                        .getFirst();
        var all = host.devices();
        devices =
                List.copyOf(
                        Pools.fill(List.of(pool), List.copyOf(all.values()))
                                .firstEntry()
                                .getValue());
        Offer offer = Offer.NOTHING.next(devices, all, false, Instant.EPOCH);
        variables = new Answers(pool, false, offer).allocate(List.of(SECOND, FIRST)).getEnvsMap();
        write("dev/vfio/10", "");
        write("dev/vfio/11", "");
        write("proc/self/status", "Cpus_allowed_list:\t0-3\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private PodDevices read() {
        return PodDevices.read(PodPlaces.below(root, variables));
    }

    private static NetworkStatus status(String name, String ifName, DeviceInfo device) {
        return new NetworkStatus(
                name,
                Optional.of(ifName),
                List.of(Cidr.address("10.1.0.7"), Cidr.address("2001:db8::7")),
                Optional.of(MacAddress.parse("02:00:00:aa:bb:cc")),
                9000,
                false,
                Dns.EMPTY,
                List.of(Cidr.address("10.1.0.1")),
                Optional.of(device));
    }

    /// As kubelet's volume has it.
    private void annotate(List<NetworkStatus> statuses) throws IOException {
        String value = new ObjectMapper().writeValueAsString(NetworkStatusJson.encode(statuses));
        write("etc/podnetinfo/annotations", NetworkStatus.KEY + "=" + value + "\n");
    }

    @Test
    void theVariablesAreUnderstood() {
        assertThat(read().resources())
                .singleElement()
                .satisfies(resource -> {
                    assertThat(resource.variable()).isEqualTo("PCIDEVICE_INTEL_COM_MY-CARDS");
                    assertThat(resource.devices()).containsExactly(SECOND, FIRST);
                    assertThat(resource.info(FIRST, "extra"))
                            .containsExactly(Map.entry("label", "a=b"));
                    assertThat(resource.info(SECOND, "vfio"))
                            .containsEntry("dev-mount", "/dev/vfio/11");
                });
        assertThat(read().ealArguments()).containsSubsequence("-a", SECOND, "-a", FIRST);
    }

    @Test
    void everyFunctionIsThePortOfItsNetworkInWhateverOrder() throws IOException {
        annotate(
                List.of(
                        status("core/one", "net1", devices.get(0).description()),
                        status("core/two", "net2", devices.get(1).description())));
        PodDevices pod = read();

        assertThat(pod.portName("core/one")).isEqualTo(devices.get(0).address().value());
        assertThat(pod.portName("core/two")).isEqualTo(devices.get(1).address().value());
        assertThat(pod.network("core/one"))
                .satisfies(network -> {
                    assertThat(network.ips())
                            .containsExactly(Cidr.address("10.1.0.7"), Cidr.address("2001:db8::7"));
                    assertThat(network.mac()).contains("02:00:00:aa:bb:cc");
                    assertThat(network.mtu()).hasValue(9000);
                });
    }

    @Test
    void everyOtherDeviceIsUnderstood() throws IOException {
        annotate(
                List.of(
                        status("a", "net1", new DeviceInfo.VhostUser("client", "/a")),
                        status("b", "net2", new DeviceInfo.VhostUser("server", "/b")),
                        status("c", "net3", new DeviceInfo.Memif("master", "/c", "ethernet", 0)),
                        status("d", "net4", new DeviceInfo.Memif("slave", "/d", "inject-punt", 3)),
                        status(
                                "e",
                                "net5",
                                new DeviceInfo.Vdpa(
                                        "vdpa0",
                                        "vhost",
                                        "/dev/vhost-vdpa-0",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))));

        assertThat(read().networks().stream().map(network -> network.device()))
                .containsExactly(
                        new NetworkDevice.VhostUser(false, "/a"),
                        new NetworkDevice.VhostUser(true, "/b"),
                        new NetworkDevice.Memif(true, "/c", "ethernet", 0),
                        new NetworkDevice.Memif(false, "/d", "inject-punt", 3),
                        new NetworkDevice.Vdpa("vdpa0", "vhost", "/dev/vhost-vdpa-0"));
    }
}
