package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'n':123456789012345678901234567890}",
                "{'n':0.1000}",
                "{'n':-0.12345678901234567890}",
                "{'ü':'\\u0000 \\\\ /','l':[1,null,true,{}]}"
            })
    @DisplayName("rows 8, 89: what passes through is the same afterwards, to the last digit")
    void whatPassesThroughIsTheSameAfterwards(String text) {
        assertThat(Json.text(Json.decode("it", json(text)))).isEqualTo(json(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':1,'a':1}",
                "{'b':{'a':1,'a':1}}",
                "{} x",
                "{}{}",
                "[1,]",
                "[1e99999999999]",
                "{a:1}",
                "NaN",
                "01",
                "// c\n{}"
            })
    @DisplayName("row 23: what is not quite JSON is refused")
    void whatIsNotQuiteJsonIsRefused(String text) {
        assertThat(refusal(() -> Json.decode("it", json(text)))).startsWith("6 it is no JSON: ");
    }

    @Test
    @DisplayName("row 23: what is nested without end is refused, not followed")
    void whatIsNestedWithoutEndIsRefused() {
        assertThat(refusal(() -> Json.decode("it", "[".repeat(100_000))))
                .startsWith("6 it is no JSON: ");
    }

    @Test
    void anObjectIsReadWhereOnlyAnObjectWillDo() {
        assertThat(Json.decodeObject("it", "{}").isEmpty()).isTrue();
        assertThat(refusal(() -> Json.decodeObject("it", "5")))
                .isEqualTo("6 it: an object is expected, not the number 5");
    }
}
