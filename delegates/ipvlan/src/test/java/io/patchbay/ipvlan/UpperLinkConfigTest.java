package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.LinkSpec.IpvlanFlag;
import io.patchbay.spi.net.LinkSpec.IpvlanMode;
import io.patchbay.spi.net.LinkSpec.MacvlanMode;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpperLinkConfigTest {

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("mode", "l4", () -> ipvlan("l4", "", 0, false)),
                refusal("mode", "L2", () -> ipvlan("L2", "", 0, false)),
                refusal("flag", "bridged", () -> ipvlan("", "bridged", 0, false)),
                refusal("mtu", "-1", () -> ipvlan("", "", -1, false)),
                refusal("linkInContainer", "true", () -> ipvlan("", "", 0, true)),
                refusal("mode", "source", () -> macvlan("source", 0, "", false, 0)),
                refusal("mtu", "-1", () -> macvlan("", -1, "", false, 0)),
                refusal(
                        "mac",
                        "02:00:00:00:00:01",
                        () -> macvlan("passthru", 0, "02:00:00:00:00:01", false, 0)),
                refusal("linkInContainer", "true", () -> macvlan("", 0, "", true, 0)),
                refusal("bcqueuelen", "1000", () -> macvlan("", 0, "", false, 1000)),
                refusal("vlanId", "0", () -> vlan(0, 0, false)),
                refusal("vlanId", "4095", () -> vlan(4095, 0, false)),
                refusal("vlanId", "-1", () -> vlan(-1, 0, false)),
                refusal("mtu", "-1", () -> vlan(1, -1, false)),
                refusal("linkInContainer", "true", () -> vlan(1, 0, true)));
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
        assertThat(macvlan("", 0, "", false, 0).chosenMode()).isEqualTo(MacvlanMode.BRIDGE);
    }

    @Test
    void modesAndFlagsAreTheKernelsWords() {
        assertThat(ipvlan("l3s", "vepa", 0, false))
                .returns(IpvlanMode.L3S, IpvlanConfig::chosenMode)
                .returns(IpvlanFlag.VEPA, IpvlanConfig::chosenFlag);
        assertThat(macvlan("passthru", 0, "", false, 0).chosenMode())
                .isEqualTo(MacvlanMode.PASSTHRU);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4094})
    void everyVlanOfTheStandardMayBeNamed(int id) {
        assertThat(vlan(id, 0, false).vlanId()).isEqualTo(id);
    }

    private static Arguments refusal(String key, String value, ThrowingCallable made) {
        return Arguments.of(key, value, made);
    }

    private static IpvlanConfig ipvlan(String mode, String flag, int mtu, boolean inContainer) {
        return new IpvlanConfig(
                Optional.of(""), Optional.of(mode), Optional.of(flag), mtu, inContainer);
    }

    private static MacvlanConfig macvlan(
            String mode, int mtu, String mac, boolean inContainer, int queue) {
        return new MacvlanConfig(
                Optional.empty(),
                Optional.of(mode),
                mtu,
                mac.isEmpty() ? Optional.empty() : Optional.of(MacAddress.parse(mac)),
                inContainer,
                queue);
    }

    private static VlanConfig vlan(int id, int mtu, boolean inContainer) {
        return new VlanConfig(Optional.of("eth0"), id, mtu, inContainer);
    }
}
