package io.patchbay.sriov;

import static io.patchbay.sriov.DeclaredFunctionTest.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange.SetAutoprobe;
import io.patchbay.spi.device.PciChange.SetVirtualFunctions;
import io.patchbay.sriov.Loan.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a declaration, case by case.
class VerdictTest {
    private static final String CARD = "0000:01:00.0";
    private static final PciAddress PHYSICAL = PciAddress.parse(CARD);
    private static final String FIRST = "0000:01:10.0";
    private static final String SECOND = "0000:01:10.1";

    private final Cards cards = new Cards().card(CARD, "ens1", 4);

    private Cards with(int count) {
        cards.apply(new SetVirtualFunctions(PHYSICAL, count));
        return cards;
    }

    private Verdict verdict(DeclaredFunction declared, Loan... loans) {
        return Verdict.of(
                declared,
                new Verdict.Facts(
                        cards.functions(),
                        Map.of(4, 1500, 100, 1500, 101, 9000),
                        cards.drivers(),
                        List.of(loans)));
    }

    private static Step.Bind vfio(String function) {
        return new Step.Bind(PciAddress.parse(function), "vfio-pci");
    }

    @Test
    void aNumberThatIsThereAlreadyIsAsDeclared() {
        with(2);
        assertThat(verdict(declared(CARD, "", 2, "", 0))).isEqualTo(new Verdict.AsDeclared());
        assertThat(verdict(declared("", "ens1", 2, "igbvf", 0)))
                .isEqualTo(new Verdict.AsDeclared());
        assertThat(verdict(declared(CARD, "", -1, "", 0))).isEqualTo(new Verdict.AsDeclared());
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "2, 3", "2, 0", "7, 1"})
    void anotherNumberIsDueAloneForAllThatIsThereGoes(int now, int wanted) {
        with(now);
        assertThat(verdict(declared(CARD, "", wanted, wanted == 0 ? "" : "vfio-pci", 9000)))
                .isEqualTo(new Verdict.Due(List.of(new Step.Count(PHYSICAL, wanted))));
    }

    @Test
    void virtualFunctionsOfAnotherDriverAreBoundAndThePhysicalOneIsNot() {
        with(2);
        cards.become(SECOND, Optional.of("vfio-pci"));
        assertThat(verdict(declared(CARD, "", 2, "vfio-pci", 0)))
                .isEqualTo(new Verdict.Due(List.of(vfio(FIRST))));
    }

    @Test
    void theMtuIsThatOfThePhysicalAndOfTheVirtualLinks() {
        with(2);
        assertThat(verdict(declared(CARD, "", 2, "", 9000)))
                .isEqualTo(
                        new Verdict.Due(
                                List.of(
                                        new Step.Mtu(PHYSICAL, 4, 9000),
                                        new Step.Mtu(PciAddress.parse(FIRST), 100, 9000))));
    }

    @Test
    void autoprobeIsSetBeforeTheNumberThatItIsFor() {
        assertThat(
                        verdict(
                                new DeclaredFunction(
                                        Optional.of(PHYSICAL),
                                        Optional.empty(),
                                        Optional.of(2),
                                        Optional.empty(),
                                        0,
                                        Optional.of(false))))
                .isEqualTo(
                        new Verdict.Due(
                                List.of(
                                        new Step.Write(new SetAutoprobe(PHYSICAL, false)),
                                        new Step.Count(PHYSICAL, 2))));
    }

    @Test
    void whatAPodHasIsLeftOutOfTheComparison() {
        with(2);
        cards.become(FIRST, Optional.of("vfio-pci"));
        assertThat(
                        verdict(
                                declared(CARD, "", 2, "igbvf", 0),
                                BookOfLoans.loan(FIRST, Mode.USER_SPACE)))
                .isEqualTo(new Verdict.AsDeclared());
    }

    @ParameterizedTest
    @CsvSource({"3, '', 0", "2, vfio-pci, 0", "2, '', 9000"})
    void nothingIsDoneToACardOfWhichAPodHasSomething(int count, String driver, int mtu) {
        with(2);
        Verdict verdict =
                verdict(
                        declared(CARD, "", count, driver, mtu),
                        BookOfLoans.loan(SECOND, Mode.LINK));

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).sentence())
                .contains(CARD, SECOND, "net1 of pod core/amf-0");
    }

    @Test
    void aPodOfAnotherCardIsInNobodysWay() {
        with(2);
        cards.card("0000:02:00.0", "ens2", 5)
                .apply(new SetVirtualFunctions(PciAddress.parse("0000:02:00.0"), 1));
        assertThat(
                        verdict(
                                declared(CARD, "", 3, "", 0),
                                BookOfLoans.loan("0000:02:10.0", Mode.LINK)))
                .isInstanceOf(Verdict.Due.class);
    }

    @ParameterizedTest
    @CsvSource({
        "8, '', '\"virtualFunctions\" of device 0000:01:00.0 is 8: it can have 7'",
        "2, mlx5_core, '\"driver\" of device 0000:01:00.0 is \"mlx5_core\"'"
    })
    void whatTheCardOrTheKernelCannotIsRefused(int count, String driver, String sentence) {
        assertThat(verdict(declared(CARD, "", count, driver, 0)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.sentence()).contains(sentence));
    }

    @Test
    void aVirtualFunctionWhereAPhysicalOneWasMeantNamesThat() {
        with(2);
        assertThat(verdict(declared(SECOND, "", 2, "", 0)))
                .isEqualTo(
                        new Verdict.Refused(
                                "device 0000:01:10.1 is virtual function 1 of 0000:01:00.0: declare that one"));
        assertThat(verdict(declared("", "vf0", 2, "", 0)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("link vf0", CARD));
    }

    @Test
    void aCardWithoutSriovIsRefusedAndOneThatIsNotThereIsAbsent() {
        cards.plain("0000:00:03.0");
        assertThat(verdict(declared("0000:00:03.0", "", 2, "", 0)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("no SR-IOV"));
        assertThat(verdict(declared("0000:09:00.0", "", 2, "", 0))).isEqualTo(new Verdict.Absent());
    }
}
