package io.patchbay.e2e.sriov;

import static io.patchbay.e2e.sriov.CardNode.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.e2e.node.Answer;
import io.patchbay.kit.snapshot.Snapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user may get wrong is refused in words that name it, and leaves no trace.
@Tag("stock-kernel")
class SriovRefusalsStockKernelTest {
    private final CardNode node = CardNode.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    0000:01:00.0 |                                              | 7 | physical function
                    0000:01:1f.7 |                                              | 7 | 0000:01:1f.7
                    0000:00:00.0 |                                              | 7 | SR-IOV
                    01:10.0      |                                              | 7 | domain
                                 |                                              | 7 | deviceID
                    VF           | "vlan": 4095                                 | 7 | 4095
                    VF           | "vlan": "100"                                | 6 | vlan
                    VF           | "vlanQoS": 3                                 | 7 | vlanQoS
                    VF           | "vlan": 5, "vlanProto": "802.1ad"            | 7 | 802.1ad
                    VF           | "vlan": 5, "vlanProto": "802.1x"             | 7 | 802.1x
                    VF           | "mac": "02:zz:00:00:00:01"                   | 7 | 02:zz:00:00:00:01
                    VF           | "mac": "01:00:5e:00:00:01"                   | 7 | 01:00:5e:00:00:01
                    VF           | "trust": true                                | 6 | trust
                    VF           | "link_state": "up"                           | 7 | link_state
                    VF           | "link_state": "disable"                      | 7 | igb
                    VF           | "min_tx_rate": 10                            | 7 | igb
                    VF           | "min_tx_rate": 20, "max_tx_rate": 10         | 7 | max_tx_rate
                    VF           | "max_tx_rate": 4000000                       | 7 | 4000000
                    VF           | "vlan": 7, "trust": "on", "max_tx_rate": 4000000 | 7 | 4000000
                    VF           | "mtu": 9000                                  | 7 | 9000
                    VF           | "driver": "igb_uio"                          | 7 | igb_uio
                    VF           | "vlna": 7                                    | 2 | vlna
                    """)
    void isRefusedAndChangesNothing(String device, String keys, int code, String named) {
        String address = device == null ? "" : device.equals("VF") ? function(1, 5) : device;
        Snapshot before = node.snapshot();
        try (CardPod pod = node.pod("refused", address, keys == null ? "" : keys)) {
            Answer refused = pod.add();
            assertThat(refused.code()).as(refused.output()).isEqualTo(code);
            assertThat(refused.message()).contains(named);
            assertThat(pod.links()).doesNotContain("net1");
            pod.deleted();
        }
        assertThat(node.snapshot().since(before)).isEmpty();
    }
}
