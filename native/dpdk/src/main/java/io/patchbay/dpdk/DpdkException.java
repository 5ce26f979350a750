package io.patchbay.dpdk;

/// What DPDK, or the machine below it, refused: a sentence, and Linux's errno.
public final class DpdkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int errno;

    DpdkException(String sentence, int errno) {
        super(sentence);
        this.errno = errno;
    }

    /// The positive number, such as 16 for EBUSY.
    public int errno() {
        return errno;
    }

    /// The value of a native call, unless it is -errno.
    static int check(int result, String operation) {
        if (result < 0) {
            throw of(operation, -result);
        }
        return result;
    }

    static long check(long result, String operation) {
        if (result < 0) {
            throw of(operation, (int) -result);
        }
        return result;
    }

    static DpdkException of(String operation, int errno) {
        return new DpdkException(
                operation + ": " + EalNative.text(errno) + " (errno " + errno + ").", errno);
    }
}
