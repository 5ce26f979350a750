package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeConfigTest {

    @Test
    void aNetworkWithoutKeysIsOnCni0AndNoGateway() {
        BridgeConfig config = Keys.none().config();

        assertThat(config.bridgeName()).isEqualTo("cni0");
        assertThat(config.hasGateway()).isFalse();
    }

    @Test
    void theDefaultGatewayIsAGateway() {
        assertThat(Keys.none().with("isDefaultGateway", "true").config().hasGateway()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "vlan, 4095",
        "vlan, -1",
        "vlanTrunk, 4095",
        "vlanTrunk, -1",
        "ipMasqBackend, firewalld",
        "mtu, 67",
        "mtu, 65536",
        "mtu, -1",
    })
    void aKeyThatCannotBeIsRefusedByNameAndValue(String key, String value) {
        assertThatThrownBy(() -> Keys.none().with(key, value).config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + key + "\"")
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "sixteen-letters-", ".", "..", "br%d", "br:0"})
    void whatTheKernelTakesAsNoLinksNameIsRefused(String name) {
        assertThatThrownBy(() -> Keys.none().with("bridge", name).config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"bridge\" is \"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br0", "br0.100", "...", "fifteen-letters"})
    void whatTheKernelTakesIsTaken(String name) {
        assertThat(Keys.none().with("bridge", name).config().bridgeName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nftables", "iptables"})
    void theBackendsOfTheReferenceMayBeNamed(String backend) {
        assertThat(Keys.none().with("ipMasqBackend", backend).config().ipMasq()).isFalse();
    }

    @Test
    void hairpinAndPromiscuousExcludeEachOther() {
        Keys hairpin = Keys.none().with("hairpinMode", "true");

        assertThat(hairpin.config().hairpinMode()).isTrue();
        assertThatThrownBy(() -> hairpin.with("promiscMode", "true").config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"hairpinMode\" and \"promiscMode\"");
    }

    @Test
    void aGatewayOnAVlanNeedsABridgeOfAShortName() {
        Keys keys = Keys.none().with("bridge", "twelve-lette").with("vlan", "100");

        assertThat(keys.config().vlanGatewayName()).isEqualTo("twelve-lette.100");
        assertThatThrownBy(() -> keys.with("isGateway", "true").config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twelve-lette.100");
    }
}
