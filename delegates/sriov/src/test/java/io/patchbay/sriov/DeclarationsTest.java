package io.patchbay.sriov;

import static io.patchbay.sriov.DeclaredFunctionTest.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.Meters;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange.Probe;
import io.patchbay.spi.device.PciChange.SetOverride;
import io.patchbay.spi.device.PciChange.SetVirtualFunctions;
import io.patchbay.spi.device.PciChange.Unbind;
import io.patchbay.sriov.Loan.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Declarations on cards that do what they are told, beside the links of a real namespace.
@Tag("kernel")
class DeclarationsTest {
    private static final String CARD = "0000:01:00.0";
    private static final PciAddress PHYSICAL = PciAddress.parse(CARD);
    private static final String SECOND = "0000:01:10.1";

    @TempDir Path state;
    private NodeRig node;
    private final Cards cards = new Cards().card(CARD, "ens1", 40);
    private final Loans loans = BookOfLoans.of();
    private final List<String> counted = new ArrayList<>();

    @BeforeEach
    void layLinks() {
        node = NodeRig.of(state);
        node.witness().run("ip", "link", "add", "ens1", "index", "40", "type", "bridge");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Declarations declare(DeclaredFunction... declared) {
        return new Declarations(List.of(declared), cards, node.host(), loans, new Queues());
    }

    private Lookout lookout(Declarations declarations) {
        Meters meters =
                new Meters() {
                    @Override
                    public void count(String name, long by, String... labels) {
                        counted.add(name + " " + by);
                    }

                    @Override
                    public void gauge(String name, LongSupplier now, String... labels) {
                        counted.add("%s %s %d".formatted(name, labels[1], now.getAsLong()));
                    }
                };
        return new Lookout(cards, loans, declarations, meters);
    }

    private static Verdict only(Declarations declarations) {
        return declarations.outcomes().getFirst().verdict();
    }

    @Test
    void aCardBecomesWhatIsDeclaredAndStaysSo() {
        Declarations declarations = declare(declared(CARD, "", 2, "vfio-pci", 9000));

        declarations.apply();

        PciAddress first = PciAddress.parse("0000:01:10.0");
        PciAddress second = PciAddress.parse(SECOND);
        Optional<String> vfio = Optional.of("vfio-pci");
        assertThat(cards.changes)
                .containsExactly(
                        new SetVirtualFunctions(PHYSICAL, 2),
                        new SetOverride(first, vfio),
                        new Unbind(first),
                        new Probe(first),
                        new SetOverride(second, vfio),
                        new Unbind(second),
                        new Probe(second));
        assertThat(
                        node.witness()
                                .json("ip", "-j", "link", "show", "ens1")
                                .get(0)
                                .path("mtu")
                                .asInt())
                .isEqualTo(9000);
        assertThat(only(declarations)).isEqualTo(new Verdict.AsDeclared());

        declarations.apply();
        assertThat(cards.changes).hasSize(7);
    }

    @Test
    void aCardThatComesBackIsMadeSoAgain() {
        Declarations declarations = declare(declared(CARD, "", 3, "", 0));
        Lookout lookout = lookout(declarations);
        lookout.look();
        cards.pull(CARD);
        lookout.look();
        assertThat(only(declarations)).isEqualTo(new Verdict.Absent());

        cards.card(CARD, "ens1", 40);
        lookout.look();

        assertThat(only(declarations)).isEqualTo(new Verdict.AsDeclared());
        assertThat(cards.changes)
                .containsExactly(
                        new SetVirtualFunctions(PHYSICAL, 3), new SetVirtualFunctions(PHYSICAL, 3));
    }

    @Test
    void aNumberThatSomebodyChangedWaitsForThePodAndIsMadeSoAfterIt() {
        Declarations declarations = declare(declared(CARD, "", 3, "", 0));
        declarations.apply();
        cards.apply(new SetVirtualFunctions(PHYSICAL, 0));
        cards.apply(new SetVirtualFunctions(PHYSICAL, 2));
        Loan loan = loans.begin(BookOfLoans.loan(SECOND, Mode.LINK));

        declarations.apply();
        assertThat(cards.changes).hasSize(3);
        assertThat(DeclaredTable.of(declarations.outcomes()).rows().getFirst().getLast())
                .contains("core/amf-0", SECOND);

        loans.end(loan);
        declarations.apply();
        assertThat(only(declarations)).isEqualTo(new Verdict.AsDeclared());
    }

    @Test
    void whatTheKernelRefusesIsToldOfOneCardAndDoneToTheOthers() {
        node.witness().run("ip", "link", "add", "up0", "type", "veth", "peer", "name", "up1");
        node.witness()
                .run("ip", "link", "add", "ens2", "link", "up0", "index", "41", "type", "macvlan");
        cards.card("0000:02:00.0", "ens2", 41);
        Declarations declarations =
                declare(declared("", "ens2", 2, "", 9000), declared(CARD, "", 2, "", 9000));

        declarations.apply();

        assertThat(declarations.outcomes().getFirst().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("link ens2", "9000"));
        assertThat(declarations.outcomes().getLast().verdict()).isEqualTo(new Verdict.AsDeclared());
    }

    @Test
    void aLostFunctionIsCountedOnceAndAgainWhenItIsLostAgain() {
        Lookout lookout = lookout(declare());
        cards.apply(new SetVirtualFunctions(PHYSICAL, 2));
        Loan _ = loans.begin(BookOfLoans.loan(SECOND, Mode.LINK));
        lookout.look();
        assertThat(counted).isEmpty();

        cards.become(SECOND, Optional.empty());
        lookout.look();
        lookout.look();
        assertThat(counted).containsExactly("lost 1");

        cards.become(SECOND, Optional.of("igbvf"));
        lookout.look();
        cards.pull(SECOND);
        lookout.look();
        assertThat(counted).containsExactly("lost 1", "lost 1");
        lookout.meter();
        assertThat(counted).contains("functions lost 1", "functions free 2", "functions lent 0");
    }
}
