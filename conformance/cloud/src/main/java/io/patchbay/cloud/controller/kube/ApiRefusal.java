package io.patchbay.cloud.controller.kube;

import java.io.Serial;

/// The API server did not do what it was asked.
final class ApiRefusal extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final int status;

    /// @param status of HTTP; 0 where there was no answer
    ApiRefusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /// Whether the object is another one by now.
    boolean isConflict() {
        return status == CONFLICT;
    }
}
