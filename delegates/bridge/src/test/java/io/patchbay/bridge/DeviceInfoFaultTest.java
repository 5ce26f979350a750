package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.FaultSweep;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.spi.cni.DeviceInfo.Pci;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of an attachment whose device is described in a file, when something goes wrong: a
/// chain of a delegate and a binary that both are told the file, behind a network that has none.
@Tag("kernel")
class DeviceInfoFaultTest {
    private static final String DEVICE = "0000:01:10.0";

    @TempDir private Path directory;
    private NodeRig rig;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(directory, new BridgeProvider());
        rig.describe(
                DEVICE,
                """
                {"type": "pci", "version": "1.1.0", "pci": {"pci-address": "%s"}}
                """
                        .formatted(DEVICE));
    }

    @AfterEach
    void closeNode() {
        rig.close();
    }

    private static void attach(NodeRig rig, RigPod pod, Path leases) {
        String ipam =
                "\"ipam\": {\"type\": \"host-local\", \"subnet\": \"%%s\", \"dataDir\": \"%s\"}"
                        .formatted(leases);
        String plain =
                "{\"cniVersion\": \"1.0.0\", \"name\": \"p\", \"type\": \"bridge\", \"bridge\": \"b0\", %s}"
                        .formatted(ipam.formatted("10.77.0.0/24"));
        String described =
                """
                {"cniVersion": "1.0.0", "name": "d", "plugins": [
                  {"type": "bridge", "bridge": "b1", "capabilities": {"CNIDeviceInfoFile": true}, %s},
                  {"type": "tuning", "capabilities": {"CNIDeviceInfoFile": true}}]}
                """
                        .formatted(ipam.formatted("10.78.0.0/24"));
        var networks =
                rig.add(
                        pod,
                        List.of(
                                "{\"name\": \"p\"}",
                                "{\"name\": \"d\", \"deviceID\": \"%s\"}".formatted(DEVICE)),
                        List.of(plain, described));
        assertThat(networks.getLast().device())
                .hasValueSatisfying(device -> assertThat(device).isInstanceOf(Pci.class));
    }

    private FaultSweep sweep() {
        return new FaultSweep(rig, pod -> attach(rig, pod, directory.resolve("leases")));
    }

    @Test
    void whicheverCallFailsDelLeavesNothing() {
        sweep().everyCallFailsOnce();
    }

    @Test
    void beforeWhicheverCallTheProcessDiesDelLeavesNothing() {
        sweep().theProcessDiesBeforeEveryCall();
    }

    @Test
    void whicheverCallOfDelFailsTheNextLeavesNothing() {
        sweep().everyCallOfDelFailsOnce();
    }

    @Test
    void beforeWhicheverCallOfDelTheProcessDiesTheNextLeavesNothing() {
        sweep().theProcessDiesBeforeEveryCallOfDel();
    }
}
