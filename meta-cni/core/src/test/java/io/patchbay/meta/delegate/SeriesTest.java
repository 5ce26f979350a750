package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
    @Test
    void aCounterEndsInTotalOnceWhetherItsDelegateWritesItOrNot() {
        assertThat(Series.counter("calls", "a", "b"))
                .isEqualTo(Series.counter("calls_total", "a", "b"));
        assertThat(Series.counter("calls").name()).isEqualTo("calls_total");
        assertThat(Series.gauge("calls").name()).isEqualTo("calls");
    }

    @Test
    void aGaugeCannotTakeTheNameOfACounter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.gauge("calls_total"))
                .withMessageContaining("gauge calls_total");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9lives", "dash-ed", "a:b", "ä", "a b", "a\nb"})
    void aNameThatCannotBeToldIsRefusedAsAMetersAndAsALabels(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.gauge(name).requireValid())
                .withMessageContaining("\"" + name + "\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.gauge("meter", name, "value").requireValid())
                .withMessageContaining("meter meter")
                .withMessageContaining("\"" + name + "\"");
    }

    @Test
    void labelsAreNoHalvesNotReservedAndNotThereTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.counter("m", "a").requireValid())
                .withMessageContaining("m_total")
                .withMessageContaining("no pairs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.counter("m", "__name__", "b").requireValid())
                .withMessageContaining("__name__");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.counter("m", "a", "1", "a", "2").requireValid())
                .withMessageContaining("\"a\" twice");
    }

    @Test
    void aLabelsValueIsAnyText() {
        Series series = Series.counter("m", "a", "\"\n\\ä");
        assertThat(series.requireValid()).isSameAs(series);
    }
}
