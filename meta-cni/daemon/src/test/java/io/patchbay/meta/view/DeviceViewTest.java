package io.patchbay.meta.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.machine.PaperMachine;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.pod.PodRef;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is shown of devices that are with a pod, on a machine on paper: a card `ens1` with two
/// virtual functions, and a card without.
class DeviceViewTest {
    private static final String PF = "0000:3b:00.0";
    private static final String VF = "0000:3b:00.2";
    private static final String CARD = "0000:5e:00.0";

    /// Its links have no addresses, and nothing else is asked.
    private static final Rtnl POD =
            (Rtnl)
                    Proxy.newProxyInstance(
                            Rtnl.class.getClassLoader(),
                            new Class<?>[] {Rtnl.class},
                            (proxy, method, arguments) -> {
                                assertThat(method.getName()).isEqualTo("addresses");
                                return List.of(Views.ADDRESS);
                            });

    @TempDir private Path root;

    private PaperMachine machine;

    @BeforeEach
    void build() {
        machine =
                new PaperMachine(root)
                        .function(PF, "8086:1592", 1)
                        .physical(PF, 8, 2)
                        .networkLink(PF, "ens1", 4)
                        .function(CARD, "8086:1592", 2)
                        .bound(CARD, "ice");
    }

    /// As `sriov` and `host-device` leave it in the journal.
    private static Sandbox journaled(DeviceInfo device, Interface told) {
        CniResult result =
                new CniResult(
                        List.of(told),
                        List.of(new Ip(Views.ADDRESS, Optional.empty(), OptionalInt.of(0))),
                        List.of(),
                        Dns.EMPTY);
        Sandbox plan = Views.sandbox("c1", new PodRef("core", "amf-0", ""), List.of(result));
        return new Sandbox(
                plan.plan(), plan.results(), Map.of("eth0", device), List.of(), false, Set.of());
    }

    private static Interface told(Optional<String> socket, Optional<String> device) {
        return new Interface("eth0", Optional.of(Views.MAC), 1500, "/run/netns/c1", socket, device);
    }

    private AttachmentView look(Sandbox sandbox, Map<Integer, Link> inPod) {
        CniResult result = sandbox.results().orElseThrow().getFirst();
        return new Attached(sandbox, sandbox.plan().attachments().getFirst(), result)
                .in(
                        new PodSide(POD, inPod, List.of(), List.of()),
                        new NodeSide(Map.of(), List.of(), List.of(), Kernel.pci(root)));
    }

    private AttachmentView pci(String address, Map<Integer, Link> inPod) {
        DeviceInfo device =
                new DeviceInfo.Pci(
                        address,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return look(journaled(device, told(Optional.empty(), Optional.of(address))), inPod);
    }

    /// A link of a device that was moved into the pod.
    private static Map<Integer, Link> moved(String device) {
        return Map.of(
                9,
                new Link(
                        9,
                        "eth0",
                        "",
                        true,
                        1500,
                        0,
                        Optional.of(Views.MAC),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        "",
                        List.of(),
                        Optional.empty(),
                        Optional.of(device),
                        Link.Settings.DEFAULT,
                        Link.Bridging.NONE,
                        Link.Upper.NONE));
    }

    private static String shown(AttachmentView view) {
        return ViewText.ofAll(
                List.of(
                        new SandboxView(
                                Views.sandbox("c1", "core", "amf-0"),
                                Optional.empty(),
                                List.of(view))),
                false);
    }

    @Test
    void theParentOfAVirtualFunctionIsThePhysicalOnesLinkOnTheNode() {
        machine.bound(VF, "iavf");
        AttachmentView view = pci(VF, moved(VF));
        assertThat(view.parent()).hasValue("ens1 (VF 1)");
        assertThat(view.device()).hasValue(VF);
        assertThat(view.differences()).isEmpty();
    }

    @Test
    void whereThatLinkIsInAPodItselfItsDeviceIsNamed() {
        machine.function("0000:3c:00.0", "8086:1592", 3).physical("0000:3c:00.0", 8, 1);
        assertThat(pci("0000:3c:00.1", moved("0000:3c:00.1")).parent())
                .hasValue("0000:3c:00.0 (VF 0)");
    }

    @Test
    void aDeviceThatIsNoVirtualFunctionStandsInTheParentsPlace() {
        AttachmentView view = pci(CARD, moved(CARD));
        assertThat(view.parent()).isEmpty();
        assertThat(shown(view)).containsPattern("eth0 .* attached +" + CARD + " ");
        assertThat(pci("virtio3", moved("virtio3")).parent()).isEmpty();
    }

    @Test
    void aFunctionThatAProcessDrivesMissesNoLink() {
        machine.bound(VF, "vfio-pci");
        AttachmentView view = pci(VF, Map.of());
        assertThat(view.differences()).isEmpty();
        assertThat(view.addresses()).containsExactly(Views.ADDRESS);
        assertThat(shown(view)).containsPattern(Views.ADDRESS + " +attached +" + VF + " ");
    }

    @Test
    void aFunctionWhoseLinkIsGoneMissesIt() {
        machine.bound(VF, "iavf");
        assertThat(pci(VF, Map.of()).differences())
                .containsExactly("there is no such link in the pod, and ADD made one");
    }

    @Test
    void aSocketMissesNoLink() {
        AttachmentView view =
                look(
                        journaled(
                                new DeviceInfo.Memif("slave", "/run/w/m.sock", "ethernet", 0),
                                told(Optional.of("/run/w/m.sock"), Optional.empty())),
                        Map.of());
        assertThat(view.differences()).isEmpty();
        assertThat(shown(view)).containsPattern(Views.ADDRESS + " +attached +/run/w/m.sock ");
    }
}
