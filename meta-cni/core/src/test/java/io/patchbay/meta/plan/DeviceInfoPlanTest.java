package io.patchbay.meta.plan;

import static io.patchbay.meta.plan.Plans.network;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.device.DeviceId;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeviceInfoPlanTest {
    private static final String CHAIN =
            """
            {'cniVersion': '1.1.0', 'plugins': [
              {'type': 'userspace', 'capabilities': {'CNIDeviceInfoFile': true, 'deviceID': true}},
              {'type': 'tuning'}]}
            """;
    private static final String SRIOV = "{'cniVersion': '1.1.0', 'type': 'sriov'}";

    private static SelectedNetwork backed(SelectedNetwork network) {
        return new SelectedNetwork(
                        network.title(),
                        network.selection(),
                        network.network(),
                        Optional.of("intel.com/vf"))
                .with(new DeviceId("0000:01:10.0"));
    }

    @Test
    @DisplayName(
            "row N33: whoever declares the capability is told a file, with or without a device")
    void whoDeclaresTheCapabilityIsToldAFileWithOrWithoutADevice() {
        PlannedAttachment attachment =
                Plans.plan(network("{'name': 'fast'}", CHAIN)).attachments().get(1);
        assertThat(attachment.deviceInfo())
                .contains(new DeviceInfoFiles(Optional.empty(), "/devinfo/cni/fast-c1_net1"));
        assertThat(attachment.steps())
                .map(step -> step.config().json().path("runtimeConfig").toString())
                .containsExactly("{\"CNIDeviceInfoFile\":\"/devinfo/cni/fast-c1_net1\"}", "");
    }

    @Test
    void theDefaultNetworkIsToldOneToo() {
        PlannedAttachment attachment =
                Plans.plan(Plans.add(""), network("{'name': 'main'}", CHAIN))
                        .attachments()
                        .getFirst();
        assertThat(attachment.deviceInfo().map(DeviceInfoFiles::own))
                .contains("/devinfo/cni/main-c1_eth0");
    }

    @Test
    void aDeviceOfAResourceHasAFileOfItsPluginWhetherTheChainAsksOrNot() {
        AttachmentPlan plan =
                Plans.plan(
                        backed(network("{'name': 'vf'}", SRIOV)),
                        network("{'name': 'other', 'deviceID': 'x'}", SRIOV),
                        backed(network("{'name': 'fast'}", CHAIN)));
        assertThat(plan.attachments())
                .map(one -> one.deviceInfo().flatMap(DeviceInfoFiles::source).orElse("-"))
                .containsExactly(
                        "-",
                        "/devinfo/dp/intel.com-vf-0000:01:10.0-device.json",
                        "-",
                        "/devinfo/dp/intel.com-vf-0000:01:10.0-device.json");
        assertThat(plan.attachments().get(1).steps().getFirst().config().find("runtimeConfig"))
                .isEmpty();
        assertThat(plan.attachments().get(1).steps().getFirst().device())
                .contains(new DeviceId("0000:01:10.0"));
        assertThat(plan.attachments().getLast().steps().getFirst().capabilities().deviceId())
                .contains("0000:01:10.0");
    }

    @Test
    void aDefaultNetworkWithoutAnyHasNoFiles() {
        assertThat(Plans.plan().attachments().getFirst().deviceInfo()).isEmpty();
    }
}
