package io.patchbay.kernel;

import static io.patchbay.kernel.HostCommand.run;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Mac;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.Setting;
import io.patchbay.spi.net.VirtualFunction.SpoofCheck;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Trust;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import io.patchbay.spi.net.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The two SR-IOV cards of the stock kernel, each with seven virtual functions at most. The first
/// has four all along, and each test one of its own; the second has none but for a moment.
@Tag("stock-kernel")
@ExtendWith(NoDescriptorLeft.class)
class VirtualFunctionStockKernelTest {
    private static final Duration GENEROUS = Duration.ofMinutes(1);
    private static final Pci PCI = Kernel.ofThisMachine().pci();
    private static final Rtnl RTNL = Kernel.ofThisMachine().host().rtnl();

    private static PciAddress card;
    private static PciAddress other;
    private static int link;

    @BeforeAll
    static void makeFour() {
        run("modprobe", "vfio-pci");
        List<PciAddress> cards =
                PCI.functions().stream()
                        .filter(function -> function.kind() instanceof Physical)
                        .map(PciFunction::address)
                        .toList();
        assertThat(cards).hasSize(2);
        card = cards.getFirst();
        other = cards.getLast();
        link = PCI.get(card).links().getFirst().index();
        RTNL.apply(new Change.SetUp(link, true));
        assertThat(((Physical) PCI.setVirtualFunctions(card, 4).kind()).virtual()).hasSize(4);
    }

    @AfterAll
    static void takeThemAway() {
        PciFunction after = PCI.setVirtualFunctions(card, 0);
        assertThat(((Physical) after.kind()).virtual()).isEmpty();
    }

    private static PciAddress function(int index) {
        return requireNonNull(((Physical) PCI.get(card).kind()).virtual().get(index));
    }

    private static Link linkOf(PciAddress function) {
        PciFunction found =
                PCI.await(function, now -> !now.links().isEmpty(), GENEROUS).orElseThrow();
        return RTNL.find(found.links().getFirst().index()).orElseThrow();
    }

    private static KernelException refusal(PciChange change) {
        return catchThrowableOfType(KernelException.class, () -> PCI.apply(change));
    }

    @Test
    void aVirtualFunctionIsFoundFromEitherSide() {
        PciAddress function = function(2);
        assertThat(PCI.get(function).kind()).isEqualTo(new Virtual(card, 2));
        assertThat(PCI.get(function).isBoundTo("igbvf")).isTrue();
        Link found = linkOf(function);
        assertThat(found.device()).contains(function.value());
        assertThat(PCI.find(found).map(PciFunction::address)).contains(function);
        assertThat(PCI.find(RTNL.find("lo").orElseThrow())).isEmpty();
        assertThat(RTNL.find(link).orElseThrow().permanentMac())
                .contains(MacAddress.parse("02:00:00:00:00:00"));
    }

    @Test
    void anotherNumberIsRefusedWhileThereAreSomeAndOneBeyondTheTotalAlways() {
        KernelException busy = refusal(new PciChange.SetVirtualFunctions(card, 2));
        assertThat(busy.errno()).isEqualTo(KernelException.EBUSY);
        assertThat(busy).hasMessageContainingAll("\"2\"", card + "/sriov_numvfs", "EBUSY");
        assertThat(refusal(new PciChange.SetVirtualFunctions(other, 8)).errno())
                .isEqualTo(KernelException.ERANGE);
        assertThat(RTNL.virtualFunctions(link)).hasSize(4);
    }

    static List<Arguments> taken() {
        return List.of(
                Arguments.of(
                        new Mac(MacAddress.parse("02:aa:00:00:00:03")),
                        "\"address\":\"02:aa:00:00:00:03\""),
                Arguments.of(new Vlan(100, 3, VlanProtocol.DOT1Q), "\"vlan\":100,\"qos\":3"),
                Arguments.of(new Vlan(0, 0, VlanProtocol.DOT1Q), "\"vf\":3"),
                Arguments.of(new SpoofCheck(false), "\"spoofchk\":false"),
                Arguments.of(new SpoofCheck(true), "\"spoofchk\":true"),
                Arguments.of(new Trust(true), "\"trust\":true"),
                Arguments.of(new Trust(false), "\"trust\":false"),
                Arguments.of(new Rate(0, 50), "\"max_tx\":50"),
                Arguments.of(new Rate(0, 0), "\"vf\":3"));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void aSettingIsReadBackAndChangesNothingElse(Setting setting, String witnessed) {
        VirtualFunction before = RTNL.virtualFunctions(link).get(3);
        RTNL.apply(new Change.SetVirtualFunction(link, 3, setting));
        assertThat(RTNL.virtualFunctions(link).get(3)).isEqualTo(with(before, setting));
        String name = RTNL.find(link).orElseThrow().name();
        String shown = run("ip", "-j", "-d", "link", "show", "dev", name);
        assertThat(shown.substring(shown.indexOf("\"vf\":3"))).contains(witnessed);
    }

    private static VirtualFunction with(VirtualFunction of, Setting setting) {
        return new VirtualFunction(
                of.index(),
                setting instanceof Mac mac ? mac.address() : of.mac(),
                setting instanceof Vlan vlan ? vlan : of.vlan(),
                setting instanceof Rate rate ? rate : of.rate(),
                setting instanceof SpoofCheck check ? Optional.of(check.on()) : of.spoofCheck(),
                setting instanceof Trust trust ? Optional.of(trust.on()) : of.trust(),
                setting instanceof State state ? state : of.state());
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(new Vlan(100, 0, VlanProtocol.DOT1AD), 93),
                Arguments.of(State.DISABLE, KernelException.EOPNOTSUPP),
                Arguments.of(new Rate(10, 50), KernelException.EINVAL));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheDriverCannotDoItRefuses(Setting setting, int errno) {
        List<VirtualFunction> before = RTNL.virtualFunctions(link);
        KernelException refusal =
                catchThrowableOfType(
                        KernelException.class,
                        () -> RTNL.apply(new Change.SetVirtualFunction(link, 3, setting)));
        assertThat(refusal.errno()).as("%s", refusal).isEqualTo(errno);
        assertThat(refusal).hasMessageContainingAll("virtual function 3", setting.toString());
        assertThat(RTNL.virtualFunctions(link)).isEqualTo(before);
    }

    @Test
    void aFunctionGoesToVfioAndComesBack() {
        PciAddress function = function(0);
        PciFunction bound = PCI.bind(function, "vfio-pci");
        assertThat(bound.isBoundTo("vfio-pci")).isTrue();
        assertThat(bound.override()).contains("vfio-pci");
        assertThat(bound.links()).isEmpty();
        assertThat(bound.iommuGroup().orElseThrow().others()).isEmpty();
        assertThat(Path.of(bound.vfioNode().orElseThrow())).exists();
        assertThat(PCI.bind(function, "vfio-pci")).isEqualTo(bound);
        PciFunction back = PCI.giveBack(function);
        assertThat(back.isBoundTo("igbvf")).isTrue();
        assertThat(back.override()).isEmpty();
        assertThat(back.vfioNode()).isEmpty();
        assertThat(linkOf(function).device()).contains(function.value());
    }

    @Test
    void aDriverThatDoesNotMatchIsRefusedByTheKernelsSilence() {
        assertThat(
                        catchThrowableOfType(
                                        KernelException.class,
                                        () -> PCI.bind(function(3), "no-such-driver"))
                                .errno())
                .isEqualTo(KernelException.ENODEV);
        assertThat(PCI.get(function(3)).override()).isEmpty();
        assertThat(PCI.get(function(3)).isBoundTo("igbvf")).isTrue();
    }

    @Test
    void whatComesAndGoesIsHeardAndAPodsVethIsNot() {
        try (Watch watch = PCI.watch()) {
            run("ip", "link", "add", "heard0", "type", "veth", "peer", "name", "heard1");
            run("ip", "link", "delete", "heard0");
            assertThat(watch.await(Duration.ZERO)).isFalse();
            PCI.apply(new PciChange.SetAutoprobe(other, false));
            PCI.apply(new PciChange.SetVirtualFunctions(other, 1));
            assertThat(watch.await(GENEROUS)).isTrue();
            Physical found = (Physical) PCI.get(other).kind();
            assertThat(found.autoprobe()).isFalse();
            assertThat(PCI.get(requireNonNull(found.virtual().get(0))).driver()).isEmpty();
        } finally {
            PciFunction _ = PCI.setVirtualFunctions(other, 0);
            PCI.apply(new PciChange.SetAutoprobe(other, true));
        }
    }

    @Test
    void aMoveOntoATakenNameMovesAllTheSameAndADeadNamespaceGivesBack() {
        PciAddress function = function(1);
        Link before = linkOf(function);
        try (PrivateNetns place = PrivateNetns.create();
                OpenNetns pod = place.open()) {
            place.run("ip link add net1 type dummy");
            KernelException taken =
                    catchThrowableOfType(
                            KernelException.class,
                            () -> RTNL.apply(new Change.MoveLink(before.index(), pod, "net1")));
            assertThat(taken.exists()).isTrue();
            assertThat(RTNL.find(before.index())).isEmpty();
            Link moved = pod.rtnl().find(before.index()).orElseThrow();
            assertThat(moved.name()).isEqualTo(before.name());
            assertThat(moved.device()).contains(function.value());
            assertThat(PCI.get(function).links()).isEmpty();
            pod.rtnl().apply(new Change.Rename(before.index(), "net2"));
        }
        Link back = linkOf(function);
        assertThat(back.name()).isEqualTo("net2");
        assertThat(back.device()).contains(function.value());
    }
}
