package io.patchbay.meta.deviceplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.CDIDevice;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.ContainerAllocateResponse;
import io.patchbay.meta.kubelet.DevicePluginV1Beta1.DeviceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pool answers, and how what it offers goes on.
class AnswersTest {
    private static final String FIRST = "0000:3b:00.1";
    private static final String SECOND = "0000:3b:00.2";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path directory;
    private PaperHost host;
    private Offer offer = Offer.NOTHING;

    @BeforeEach
    void machine() {
        host = new PaperHost(directory);
    }

    private Answers answers(String pool) {
        return look(pool, false, NOON);
    }

    private Answers look(String yaml, boolean linkHealth, Instant now) {
        PoolSettings pool = PaperHost.pools("resourceList: [" + yaml + "]").getFirst();
        var devices = host.devices();
        List<PoolDevice> found =
                new ArrayList<>(
                        Pools.fill(List.of(pool), List.copyOf(devices.values()))
                                .firstEntry()
                                .getValue());
        offer = offer.next(found, devices, linkHealth, now);
        return new Answers(pool, false, offer);
    }

    private static List<String> health(Answers answers) {
        return answers.list().getDevicesList().stream()
                .map(device -> device.getID().substring(5) + " " + device.getHealth())
                .toList();
    }

    @Test
    void aContainerFindsItsDevicesInBothSpellings() {
        Answers answers =
                answers(
                        "{resourceName: my-cards, resourcePrefix: ex-ample.com, selectors: {}, "
                                + "additionalInfo: {'*': {net: core}, '0000:3b:00.2': {net: side}}}");

        Map<String, String> variables = answers.allocate(List.of(SECOND, FIRST)).getEnvsMap();

        String info =
                """
                {"0000:3b:00.2":{"generic":{"deviceID":"0000:3b:00.2"},"extra":{"net":"side"}},\
                "0000:3b:00.1":{"generic":{"deviceID":"0000:3b:00.1"},"extra":{"net":"core"}}}\
                """;
        String both = SECOND + "," + FIRST;
        assertThat(variables)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "PCIDEVICE_EX_AMPLE_COM_MY_CARDS", both,
                                "PCIDEVICE_EX_AMPLE_COM_MY_CARDS_INFO", info,
                                "PCIDEVICE_EX-AMPLE_COM_MY-CARDS", both,
                                "PCIDEVICE_EX-AMPLE_COM_MY-CARDS_INFO", info));
    }

    @Test
    void withoutAHyphenThereIsOneSpelling() {
        assertThat(
                        answers("{resourceName: cards, selectors: {}}")
                                .allocate(List.of(FIRST))
                                .getEnvsMap())
                .containsOnlyKeys("PCIDEVICE_INTEL_COM_CARDS", "PCIDEVICE_INTEL_COM_CARDS_INFO");
    }

    private static List<String> nodes(ContainerAllocateResponse answer) {
        return answer.getDevicesList().stream()
                .map(node ->
                        node.getHostPath()
                                + " "
                                + node.getContainerPath()
                                + " "
                                + node.getPermissions())
                .toList();
    }

    @Test
    void aFunctionOnVfioComesWithItsGroup() throws IOException {
        for (String address : List.of(FIRST, SECOND)) {
            host.machine.unbound(address).bound(address, "vfio-pci");
        }
        host.machine.vfio("10").vfio("noiommu-11");
        Answers answers = answers("{resourceName: a, selectors: {drivers: [vfio-pci]}}");

        ContainerAllocateResponse answer = answers.allocate(List.of(FIRST, SECOND));

        assertThat(nodes(answer))
                .containsExactly(
                        "/dev/vfio/vfio /dev/vfio/vfio rw",
                        "/dev/vfio/10 /dev/vfio/10 rw",
                        "/dev/vfio/noiommu-11 /dev/vfio/11 rw");
        var info = new ObjectMapper().readTree(answer.getEnvsOrThrow("PCIDEVICE_INTEL_COM_A_INFO"));
        assertThat(info.path(SECOND).path("vfio").toString())
                .isEqualTo("{\"mount\":\"/dev/vfio/vfio\",\"dev-mount\":\"/dev/vfio/11\"}");
    }

    @Test
    void rdmaAndVhostComeWhereTheSelectorAsks() throws IOException {
        host.machine
                .write(FIRST, "infiniband/mlx5_2/node_type", "1")
                .write(FIRST, "infiniband_verbs/uverbs2/dev", "1")
                .write(FIRST, "infiniband_mad/umad2/dev", "1")
                .write(FIRST, "infiniband_mad/issm2/dev", "1")
                .write(FIRST, "uio/uio3/dev", "1");
        String asked = "{resourceName: a, selectors: {isRdma: true, needVhostNet: true}}";

        ContainerAllocateResponse answer = answers(asked).allocate(List.of(FIRST));

        assertThat(answer.getDevicesList())
                .map(DeviceSpec::getHostPath)
                .containsExactlyInAnyOrder(
                        "/dev/uio3",
                        "/dev/infiniband/uverbs2",
                        "/dev/infiniband/umad2",
                        "/dev/infiniband/issm2",
                        "/dev/vhost-net",
                        "/dev/net/tun");
        var info = new ObjectMapper().readTree(answer.getEnvsOrThrow("PCIDEVICE_INTEL_COM_A_INFO"));
        assertThat(info.at("/0000:3b:00.1/rdma/rdma_dev").asText()).isEqualTo("mlx5_2");
        assertThat(info.at("/0000:3b:00.1/vhost/tun-mount").asText()).isEqualTo("/dev/net/tun");

        offer = Offer.NOTHING;
        assertThat(
                        answers("{resourceName: a, selectors: {}}")
                                .allocate(List.of(FIRST))
                                .getDevicesList())
                .map(DeviceSpec::getHostPath)
                .containsExactly("/dev/uio3");
    }

    @Test
    void byCdiTheRuntimeIsToldTheNodesAndTheKubeletTheNames() {
        host.machine.unbound(FIRST).bound(FIRST, "vfio-pci").vfio("10");
        Answers plain = answers("{resourceName: a, selectors: {}}");
        Answers cdi = new Answers(plain.pool(), true, offer);

        ContainerAllocateResponse answer = cdi.allocate(List.of(FIRST, SECOND));

        assertThat(answer.getDevicesList()).isEmpty();
        assertThat(answer.getCdiDevicesList())
                .map(CDIDevice::getName)
                .containsExactly("intel.com/net-pci=0000:3b:00.1");
        assertThat(answer.getAnnotationsMap())
                .containsExactly(
                        Map.entry("cdi.k8s.io/patchbay_a", "intel.com/net-pci=0000:3b:00.1"));
        assertThat(
                        CdiSpec.encode(
                                        plain.pool(),
                                        offer.devices().values().stream()
                                                .map(Offer.Offered::device)
                                                .toList())
                                .toString())
                .isEqualTo(
                        """
                        {"cdiVersion":"0.5.0","kind":"intel.com/net-pci","devices":[{"name":"0000:3b:00.1",\
                        "containerEdits":{"deviceNodes":[{"path":"/dev/vfio/vfio","hostPath":"/dev/vfio/vfio","permissions":"rw"},\
                        {"path":"/dev/vfio/10","hostPath":"/dev/vfio/10","permissions":"rw"}]}}]}\
                        """);
    }

    @Test
    void theKubeletLearnsTheNumaNodeUnlessItIsExcluded() {
        assertThat(answers("{resourceName: a, selectors: {}}").list().getDevicesList())
                .allSatisfy(device ->
                        assertThat(device.getTopology().getNodesList())
                                .singleElement()
                                .satisfies(node -> assertThat(node.getID()).isEqualTo(1)));
        assertThat(
                        answers("{resourceName: a, excludeTopology: true, selectors: {}}")
                                .list()
                                .getDevicesList())
                .noneMatch(device -> device.hasTopology());
    }

    @Test
    void aDeviceThatChangesItsDriverIsUnhealthyForAWhileAndThenGone() {
        String pool = "{resourceName: a, selectors: {drivers: [iavf], pfNames: ['ens1#0-1']}}";
        assertThat(health(answers(pool))).containsExactly("3b:00.1 Healthy", "3b:00.2 Healthy");

        host.machine.unbound(FIRST).bound(FIRST, "vfio-pci").removed(SECOND);
        Answers after = answers(pool);
        assertThat(health(after)).containsExactly("3b:00.1 Unhealthy", "3b:00.2 Unhealthy");
        assertThatThrownBy(() -> after.allocate(List.of(FIRST)))
                .hasMessageContaining(FIRST)
                .hasMessageContaining("intel.com/a is unhealthy")
                .hasMessageContaining("driver vfio-pci");
        assertThatThrownBy(() -> after.allocate(List.of(SECOND)))
                .hasMessageContaining("the machine does not have it any more");

        Duration nearly = Offer.LEAVE.minusMillis(1);
        assertThat(health(look(pool, false, NOON.plus(nearly)))).hasSize(2);
        host.machine.unbound(FIRST).bound(FIRST, "iavf");
        assertThat(health(look(pool, false, NOON.plus(Offer.LEAVE))))
                .containsExactly("3b:00.1 Healthy");
    }

    @Test
    void aLinkThatIsDownCountsOnlyWhereItIsAskedFor() {
        host.machine.write(PaperHost.PF, "net/ens1/operstate", "down");
        String pool = "{resourceName: a, selectors: {pfNames: ['ens1#0']}}";

        assertThat(health(look(pool, false, NOON))).containsExactly("3b:00.1 Healthy");
        Answers down = look(pool, true, NOON);
        assertThat(health(down)).containsExactly("3b:00.1 Unhealthy");
        assertThatThrownBy(() -> down.allocate(List.of(FIRST)))
                .hasMessageContaining("its link is down");

        host.machine.write(PaperHost.PF, "net/ens1/operstate", "up");
        assertThat(health(look(pool, true, NOON))).containsExactly("3b:00.1 Healthy");
    }

    @Test
    void aDeviceOfNobodyIsRefusedByName() {
        Answers answers = answers("{resourceName: a, selectors: {}}");

        assertThatThrownBy(() -> answers.allocate(List.of("0000:99:00.0")))
                .hasMessageContaining("device 0000:99:00.0 is not of resource intel.com/a");
        assertThatThrownBy(() -> answers.allocate(List.of("x")))
                .hasMessageContaining("device x is not of resource intel.com/a");
    }
}
