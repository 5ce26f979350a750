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
        "hairpinMode, true",
        "promiscMode, true",
        "macspoofchk, true",
        "enabledad, true",
        "disableContainerInterface, true",
        "portIsolation, true",
        "vlan, 100",
        "vlanTrunk, 100",
        "ipMasqBackend, iptables",
        "mtu, 67",
        "mtu, 65536",
        "mtu, -1",
    })
    void aKeyThatIsNotDoneOrCannotBeIsRefusedByNameAndValue(String key, String value) {
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
    @ValueSource(strings = {"", "nftables"})
    void theBackendThatIsUsedMayBeNamed(String backend) {
        assertThat(Keys.none().with("ipMasqBackend", backend).config().ipMasq()).isFalse();
    }
}
