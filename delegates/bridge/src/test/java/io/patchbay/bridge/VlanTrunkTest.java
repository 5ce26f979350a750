package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VlanTrunkTest {
    @Test
    void anEntryIsARangeAndOneMore() {
        BitSet ids = new BitSet();
        trunk("10", "12", "20").addTo(ids);
        trunk("", "", "4094").addTo(ids);

        assertThat(ids.stream()).containsExactly(10, 11, 12, 20, 4094);
    }

    @Test
    void anEmptyEntryIsNothing() {
        BitSet ids = new BitSet();
        trunk("", "", "").addTo(ids);

        assertThat(ids.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0,    10,   '',   minID",
        "4095, 4095, '',   minID",
        "10,   4095, '',   maxID",
        "10,   9,    '',   minID",
        "'',   10,   '',   minID",
        "10,   '',   '',   maxID",
        "'',   '',   0,    id",
        "'',   '',   4095, id",
        "1,    2,    -1,   id",
    })
    void whatIsNoVlanIsRefusedByItsKey(String least, String most, String id, String key) {
        assertThatThrownBy(() -> trunk(least, most, id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"vlanTrunk\"")
                .hasMessageContaining("\"" + key + "\"");
    }

    private static VlanTrunk trunk(String least, String most, String id) {
        return new VlanTrunk(number(least), number(most), number(id));
    }

    private static OptionalInt number(String text) {
        return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }
}
