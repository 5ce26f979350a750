package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.LinkSpec.IpvlanFlag;
import io.patchbay.spi.net.LinkSpec.IpvlanMode;
import io.patchbay.spi.net.LinkSpec.MacvlanMode;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VlanProtocol;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpperLinkConfigTest {

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("mode", "l4", () -> ipvlan("l4", "", 0, false)),
                refusal("mode", "L2", () -> ipvlan("L2", "", 0, false)),
                refusal("flag", "bridged", () -> ipvlan("", "bridged", 0, false)),
                refusal("mtu", "-1", () -> ipvlan("", "", -1, false)),
                refusal("enabledad", "true", () -> ipvlan("l3", "", 0, true)),
                refusal("mode", "source", () -> macvlan("source", 0, "", 0)),
                refusal("mtu", "-1", () -> macvlan("", -1, "", 0)),
                refusal(
                        "mac",
                        "02:00:00:00:00:01",
                        () -> macvlan("passthru", 0, "02:00:00:00:00:01", 0)),
                refusal("bcqueuelen", "-1", () -> macvlan("", 0, "", -1)),
                refusal("vlanId", "missing", () -> vlan(OptionalInt.empty(), "", 0)),
                refusal("vlanId", "4095", () -> vlan(OptionalInt.of(4095), "", 0)),
                refusal("vlanId", "-1", () -> vlan(OptionalInt.of(-1), "", 0)),
                refusal("protocol", "802.1x", () -> vlan(OptionalInt.of(1), "802.1x", 0)),
                refusal("mtu", "-1", () -> vlan(OptionalInt.of(1), "", -1)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeIsRefusedByKeyAndValue(String key, String value, ThrowingCallable made) {
        assertThatThrownBy(made)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + key + "\"")
                .hasMessageContaining(value);
    }

    @Test
    void absentKeysAreTheReferencePluginsDefaults() {
        IpvlanConfig ipvlan = ipvlan("", "", 0, false);

        assertThat(ipvlan.parent()).isEmpty();
        assertThat(ipvlan.chosenMode()).isEqualTo(IpvlanMode.L2);
        assertThat(ipvlan.chosenFlag()).isEqualTo(IpvlanFlag.BRIDGE);
        assertThat(macvlan("", 0, "", 0).chosenMode()).isEqualTo(MacvlanMode.BRIDGE);
    }

    @Test
    void modesAndFlagsAreTheKernelsWords() {
        assertThat(ipvlan("l3s", "vepa", 0, false))
                .returns(IpvlanMode.L3S, IpvlanConfig::chosenMode)
                .returns(IpvlanFlag.VEPA, IpvlanConfig::chosenFlag);
        assertThat(macvlan("passthru", 0, "", 0).chosenMode()).isEqualTo(MacvlanMode.PASSTHRU);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4094})
    void everyVlanOfTheStandardMayBeNamed(int id) {
        assertThat(vlan(OptionalInt.of(id), "", 0).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "'', DOT1Q",
        "802.1Q, DOT1Q",
        "802.1q, DOT1Q",
        "802.1ad, DOT1AD",
        "802.1AD, DOT1AD"
    })
    void aTagIsOfTheStandardThatIsNamed(String protocol, VlanProtocol tag) {
        assertThat(vlan(OptionalInt.of(1), protocol, 0).tag()).isEqualTo(tag);
    }

    private static Arguments refusal(String key, String value, ThrowingCallable made) {
        return Arguments.of(key, value, made);
    }

    private static IpvlanConfig ipvlan(String mode, String flag, int mtu, boolean detect) {
        return new IpvlanConfig(
                Optional.of(""), Optional.of(mode), Optional.of(flag), mtu, false, detect);
    }

    private static MacvlanConfig macvlan(String mode, int mtu, String mac, int queue) {
        return new MacvlanConfig(
                Optional.empty(),
                Optional.of(mode),
                mtu,
                mac.isEmpty() ? Optional.empty() : Optional.of(MacAddress.parse(mac)),
                false,
                queue,
                false);
    }

    private static VlanConfig vlan(OptionalInt id, String protocol, int mtu) {
        return new VlanConfig(Optional.of("eth0"), id, Optional.of(protocol), mtu, false, false);
    }
}
