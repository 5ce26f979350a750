package io.patchbay.meta.kube;

import java.time.Duration;

/// A call to the API server that did not succeed.
final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int AWAY = 0;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int GONE = 410;
    static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final int status;
    private final Duration retryAfter;

    /// @param status that of HTTP, or {@link #AWAY}
    ApiFailure(int status, String sentence) {
        this(status, sentence, Duration.ZERO);
    }

    /// @param retryAfter how long the server wants to be left alone
    ApiFailure(int status, String sentence, Duration retryAfter) {
        super(sentence);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /// No answer came.
    ApiFailure(String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = AWAY;
        this.retryAfter = Duration.ZERO;
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /// Whether the same call may succeed in a moment.
    boolean isBusy() {
        return status == CONFLICT || status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
    }

    /// Whether the same call may succeed some time. So may one that is unauthorized, for a token is
    /// renewed, and one that is forbidden: a server that starts does not know its roles yet.
    boolean isPassing() {
        return isBusy() || status == AWAY || status == UNAUTHORIZED || status == FORBIDDEN;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
