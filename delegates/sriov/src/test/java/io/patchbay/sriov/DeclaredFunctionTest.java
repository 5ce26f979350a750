package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.device.PciAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeclaredFunctionTest {
    private static final String CARD = "0000:01:00.0";

    static DeclaredFunction declared(
            String device, String link, int count, String driver, int mtu) {
        return new DeclaredFunction(
                some(device).map(PciAddress::parse),
                some(link),
                count < 0 ? Optional.empty() : Optional.of(count),
                some(driver),
                mtu,
                Optional.empty());
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("\"device\"", "\"link\"", () -> declared("", "", 7, "", 0)),
                refusal(
                        "\"device\" is \"" + CARD,
                        "\"ens1\"",
                        () -> declared(CARD, "ens1", 7, "", 0)),
                refusal("\"link\"", "a/b", () -> declared("", "a/b", 7, "", 0)),
                refusal(
                        "\"link\"",
                        "sixteencharacter",
                        () -> declared("", "sixteencharacter", 7, "", 0)),
                refusal("\"virtualFunctions\"", "65536", () -> declared(CARD, "", 65536, "", 0)),
                refusal(
                        "\"virtualFunctions\"",
                        "-3",
                        () ->
                                new DeclaredFunction(
                                        Optional.empty(),
                                        Optional.of("ens1"),
                                        Optional.of(-3),
                                        Optional.empty(),
                                        0,
                                        Optional.empty())),
                refusal("\"driver\"", "../igb", () -> declared(CARD, "", 7, "../igb", 0)),
                refusal("\"driver\"", "0", () -> declared(CARD, "", 0, "vfio-pci", 0)),
                refusal("\"mtu\"", "67", () -> declared(CARD, "", 7, "", 67)),
                refusal("\"mtu\"", "65536", () -> declared(CARD, "", 7, "", 65536)),
                refusal("\"mtu\"", "-1", () -> declared(CARD, "", 7, "", -1)),
                refusal(
                        "\"physicalFunctions\"",
                        CARD,
                        () ->
                                new SriovSettings(
                                        List.of(
                                                declared(CARD, "", 7, "", 0),
                                                declared("", "ens1", 7, "", 0),
                                                declared(CARD, "", 3, "", 0)))));
    }

    private static Arguments refusal(String key, String value, ThrowingCallable made) {
        return Arguments.of(key, value, made);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeIsRefusedByKeyAndValue(String key, String value, ThrowingCallable made) {
        assertThatThrownBy(made)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    @Test
    void aFunctionIsMeantByItsAddressOrByTheNameThatItsLinkHasNow() {
        Cards cards = new Cards().card(CARD, "ens1", 4).card("0000:02:00.0", "ens2", 5);

        assertThat(declared(CARD, "", 7, "", 0).find(cards.functions()))
                .contains(cards.get(PciAddress.parse(CARD)));
        assertThat(declared("", "ens2", 7, "", 0).find(cards.functions()))
                .contains(cards.get(PciAddress.parse("0000:02:00.0")));
        assertThat(declared("", "ens3", 7, "", 0).find(cards.functions())).isEmpty();
    }
}
