package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JsonKindsTest {
    record Inner(Cidr cidr, Object bare) {}

    record Fit(
            TimeUnit unit,
            Optional<List<String>> lists,
            Map<String, Cidr> byName,
            SequencedMap<String, Optional<Integer>> inOrder) {}

    record Unfit(
            Inner inner,
            List<Object> list,
            Collection<String> any,
            Map<String, Object> values,
            Map<Integer, String> keys) {}

    @Test
    void aRecordOfWhatJsonHasIsFit() {
        assertThat(JsonKinds.unfit(Fit.class)).isEmpty();
    }

    @Test
    void whatCannotBeFilledIsNamedWithItsRecordAndType() {
        assertThat(JsonKinds.unfit(Unfit.class))
                .containsExactly(
                        "Inner.bare: java.lang.Object",
                        "Unfit.list: java.lang.Object",
                        "Unfit.any: java.util.Collection<java.lang.String>",
                        "Unfit.values: java.lang.Object",
                        "Unfit.keys: java.util.Map<java.lang.Integer, java.lang.String>");
    }
}
