package io.patchbay.vpc.eni;

import java.io.Serial;

/// The cloud does not answer, or says what cannot be. Its message is a sentence for an operator.
public final class CloudException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public CloudException(String sentence) {
        super(sentence);
    }

    public CloudException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
