package io.patchbay.suite;

/// A command line that cannot be carried out. The message is the sentence that says why.
final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
        super(message);
    }
}
