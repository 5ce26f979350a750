package io.patchbay.dpdk.pod;

/// What a container was told cannot be read, or does not answer what was asked. The message is one
/// sentence that names the file or the variable, the key and the value.
public final class PodException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PodException(String message) {
        super(message);
    }

    PodException(String message, Throwable cause) {
        super(message, cause);
    }
}
