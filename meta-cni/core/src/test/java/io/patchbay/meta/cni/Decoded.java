package io.patchbay.meta.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.CniException;
import java.util.Optional;
import java.util.function.Supplier;

/// What a decoder makes of an input that may be anything: a value, or a refusal as the protocol
/// wants it. Whatever else it throws passes through, and is a finding.
public final class Decoded {
    private Decoded() {}

    /// Empty where it was refused.
    public static <T> Optional<T> decoded(Supplier<T> decoder) {
        try {
            return Optional.of(decoder.get());
        } catch (CniException refusal) {
            assertThat(refusal.code().value()).as(refusal.getMessage()).isPositive();
            assertThat(refusal.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }
}
