package io.patchbay.spi.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/24, 10.1.2.3/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "::/0, ::/0",
        "::1/128, ::1/128",
        "2001:DB8:0:0:0:0:0:1/64, 2001:db8::1/64",
        "2001:db8:0:0:1:0:0:1/64, 2001:db8::1:0:0:1/64",
        "2001:0:0:1:0:0:0:1/64, 2001:0:0:1::1/64",
        "2001:db8:0:1:1:1:1:1/64, 2001:db8:0:1:1:1:1:1/64",
        "fe80::/10, fe80::/10",
        "::ffff:10.0.0.1/32, 10.0.0.1/32",
    })
    void isWrittenInTheShortFormOfRfc5952(String text, String written) {
        assertThat(Cidr.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1",
                "127",
                "10.1.2",
                "010.1.1.1",
                "0x7f.0.0.1",
                "10.0.0.300",
                "[::1]",
                "::1%1",
                "fe80::1%lo",
                "",
                " 10.0.0.1",
                "localhost",
                "1:2:3"
            })
    void refusesAnAddressThatIsNoPlainLiteralAndQuotesIt(String literal) {
        assertThatThrownBy(() -> Cidr.address(literal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + literal + "\" is no IP address");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, '\"10.0.0.1\" has no prefix length: write ADDRESS/PREFIX'",
        "10.0.0.1/, '\"10.0.0.1/\" has no prefix length after its slash'",
        "10.0.0.1/08, '\"10.0.0.1/08\" has no prefix length after its slash'",
        "10.0.0.1/33, '/33 is no prefix length of 10.0.0.1: it is 0 to 32'",
        "::1/129, '/129 is no prefix length of ::1: it is 0 to 128'",
    })
    void refusesAPrefixLengthThatIsNone(String text, String sentence) {
        assertThatThrownBy(() -> Cidr.parse(text)).hasMessage(sentence);
    }

    @Test
    void itsAddressesAreCountedFromTheFirst() {
        assertThat(Cidr.parse("10.0.0.250/28").addresses().map(Cidr::text))
                .hasSize(16)
                .startsWith("10.0.0.240", "10.0.0.241")
                .endsWith("10.0.0.255");
        assertThat(Cidr.text(Cidr.parse("10.0.0.0/16").at(256))).isEqualTo("10.0.1.0");
        assertThat(Cidr.text(Cidr.parse("2001:db8::/64").at(1L << 40)))
                .isEqualTo("2001:db8::100:0:0");
        assertThat(Cidr.parse("10.0.0.7/32").addresses().map(Cidr::text))
                .containsExactly("10.0.0.7");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/28, 16", "10.0.0.0/28, -1", "255.255.255.255/32, 1", "::1/128, 1"})
    void anAddressBehindTheLastIsRefused(String cidr, long offset) {
        assertThatThrownBy(() -> Cidr.parse(cidr).at(offset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no address " + offset);
    }
}
