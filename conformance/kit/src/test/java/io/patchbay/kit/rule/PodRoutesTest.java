package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRoutesTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, -4 default",
        "::/0, -6 default",
        "10.99.0.0/16, 10.99.0.0/16",
        "10.99.0.7/32, 10.99.0.7",
        "fd77::/64, fd77::/64",
        "fd00::/32, fd00::/32"
    })
    void aDestinationIsWrittenAsIpWritesIt(String cidr, String written) {
        assertThat(PodRoutes.destination(Cidr.parse(cidr))).isEqualTo(written);
    }
}
