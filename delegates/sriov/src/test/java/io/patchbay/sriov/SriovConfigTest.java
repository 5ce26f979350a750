package io.patchbay.sriov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VlanProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SriovConfigTest {
    /// A key, the value that the refusal quotes, and the configuration.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    vlan        | 4095    | {"vlan": 4095}
                    vlan        | -1      | {"vlan": -1}
                    vlanQoS     | 8       | {"vlan": 5, "vlanQoS": 8}
                    vlanQoS     | 3       | {"vlanQoS": 3}
                    vlanQoS     | 3       | {"vlan": 0, "vlanQoS": 3}
                    vlanProto   | 802.1ad | {"vlanProto": "802.1ad"}
                    vlanProto   | 802.1x  | {"vlan": 5, "vlanProto": "802.1x"}
                    spoofchk    | yes     | {"spoofchk": "yes"}
                    spoofchk    | ON      | {"spoofchk": "ON"}
                    trust       | true    | {"trust": "true"}
                    link_state  | up      | {"link_state": "up"}
                    min_tx_rate | -1      | {"min_tx_rate": -1}
                    min_tx_rate | 20      | {"min_tx_rate": 20, "max_tx_rate": 10}
                    max_tx_rate | -5      | {"max_tx_rate": -5}
                    mac         | 01:00:5e:00:00:01 | {"mac": "01:00:5e:00:00:01"}
                    mac         | 00:00:00:00:00:00 | {"mac": "00:00:00:00:00:00"}
                    mac         | 02:00:00:00:01    | {"mac": "02:00:00:00:01"}
                    mtu         | 67      | {"mtu": 67}
                    vlanTrunk   | 100     | {"vlanTrunk": [{"id": 100}]}
                    driver      | vfio    | {"driver": "vfio"}
                    """)
    void whatCannotBeIsRefusedByKeyAndValue(String key, String value, String json) {
        assertThatThrownBy(() -> Keys.bind(json))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("\"" + key + "\"", value);
    }

    @Test
    void whatIsAbsentIsLeftAlone() {
        SriovConfig plain = Keys.bind("{}");
        assertThat(plain.needsPhysical()).isFalse();
        assertThat(plain.spoofCheck()).isEmpty();
        assertThat(plain.trusted()).isEmpty();
        assertThat(plain.state()).isEmpty();
        assertThat(plain.protocol()).isEmpty();
    }

    @Test
    void wordsMeanWhatTheSriovPluginMeans() {
        SriovConfig config =
                Keys.bind(
                        """
                        {"vlan": 0, "spoofchk": "off", "trust": "on", "link_state": "disable",
                         "vlanProto": "802.1Q"}
                        """);
        assertThat(config.needsPhysical()).isTrue();
        assertThat(config.spoofCheck()).contains(false);
        assertThat(config.trusted()).contains(true);
        assertThat(config.state()).contains(State.DISABLE);
        assertThat(config.protocol()).contains(VlanProtocol.DOT1Q);
        assertThat(Keys.bind("{\"vlan\": 7, \"vlanProto\": \"802.1AD\"}").protocol())
                .contains(VlanProtocol.DOT1AD);
    }
}
