package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "2, 2",
        "+2., 2",
        ".5, 0.5",
        "-1, -1",
        "500m, 0.5",
        "7u, 0.000007",
        "9n, 0.000000009",
        "3k, 3000",
        "1M, 1000000",
        "1Ki, 1024",
        "1.5Mi, 1572864",
        "1Ei, 1152921504606846976",
        "1E, 1000000000000000000",
        "3e3, 3000",
        "3E-1, 0.3",
        "1e99, 1e99"
    })
    void a_number_has_the_suffixes_of_Kubernetes(String text, BigDecimal number) {
        assertThat(Quantity.parse(text)).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1 ",
                "1K",
                "1ki",
                "1mi",
                "1e",
                "1e999",
                "1ee1",
                ".",
                "1Kim",
                "9999999999999999999"
            })
    void anything_else_is_none(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.parse(text))
                .withMessage("\"%s\" is no quantity, such as 2, 500m or 1Ki", text);
    }

    @Test
    void one_that_is_long_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.parse("1".repeat(1_000_000)));
    }
}
