package io.patchbay.vpc.eni;

import java.io.Serial;

/// The cloud does not answer, refuses, or says what cannot be. Its message is a sentence for an
/// operator; what to do next follows from its reason, never from its words.
public final class CloudException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /// What a caller can do about it.
    public enum Reason {
        /// No answer, or one that blames the server: ask again later. Whether a change was made is
        /// not known.
        SILENT,
        /// Too many calls: ask again later, and less.
        THROTTLED,
        /// The subnet has no such address: take another subnet.
        SUBNET_FULL,
        /// The subnet has addresses, and no whole prefix: take single addresses, or another subnet.
        SUBNET_FRAGMENTED,
        /// The interface has as many blocks as its instance's type allows: read it again.
        ENI_FULL,
        /// The instance has as many interfaces as its type allows, or the device number is taken.
        INSTANCE_FULL,
        /// What was named does not exist, or not yet: EC2 is eventually consistent.
        NOT_FOUND,
        /// It is in use, or changing: ask again soon.
        BUSY,
        /// The credentials are missing, expired, or not allowed to.
        DENIED,
        /// The answer is not what the API answers.
        GARBLED,
        /// It will be refused again.
        REFUSED
    }

    private final Reason reason;

    public CloudException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public CloudException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Whether the same call may succeed within seconds.
    public boolean mayPass() {
        return switch (reason) {
            case SILENT, THROTTLED, NOT_FOUND, BUSY, ENI_FULL -> true;
            case SUBNET_FULL, SUBNET_FRAGMENTED, INSTANCE_FULL, DENIED, GARBLED, REFUSED -> false;
        };
    }
}
