package io.patchbay.cloud.controller;

import java.io.Serial;
import java.util.Optional;

/// A call of EC2 that did not do what it was to do. The message is a sentence.
public final class Ec2Failure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private static final int SERVERS_FAULT = 500;

    private final int status;
    private final String code;

    /// @param status of HTTP; 0 where there was no answer that could be read
    /// @param code EC2's; empty where it gave none
    public Ec2Failure(int status, String code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
        this.code = code;
    }

    /// Whether EC2 has no more of such calls for now.
    boolean isThrottling() {
        return code.equals("RequestLimitExceeded") || code.contains("Throttl");
    }

    /// Whether nothing was done, and the same call would be refused again.
    boolean isFinal() {
        return status > 0 && status < SERVERS_FAULT && !isThrottling() && !isOfCredentials();
    }

    private boolean isOfCredentials() {
        return code.equals("RequestExpired") || code.equals("AuthFailure");
    }

    /// Whether there is not what the call was about, or not yet.
    boolean isNotFound() {
        return code.endsWith(".NotFound");
    }

    /// What it is called in a sentence.
    Optional<String> code() {
        return Optional.of(code).filter(text -> !text.isEmpty());
    }
}
