package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberListTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0-3", "0,2,4", "0-1,3-5,127,130-131"})
    void whatIsReadIsWrittenAgain(String text) {
        assertThat(NumberList.format(NumberList.parse("f", text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "1,", "-1", "1-", "3-2", "a", "1-2-3", "0-9999999", "1 2"})
    void whatIsNoListIsRefused(String text) {
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> NumberList.parse("f", text))
                .withMessageContaining("f says \"" + text + "\"");
    }
}
