package io.patchbay.meta.cni;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.spi.cni.CniException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Refusals as one line, `CODE SENTENCE`, so that a table can hold them.
public final class Refusals {
    private Refusals() {}

    public static String refusal(ThrowingCallable call) {
        CniException refusal = catchThrowableOfType(CniException.class, call);
        return refusal == null ? "no refusal" : refusal.code().value() + " " + refusal.getMessage();
    }

    /// JSON, where tables write single quotes.
    public static String json(String text) {
        return text.replace('\'', '"');
    }
}
