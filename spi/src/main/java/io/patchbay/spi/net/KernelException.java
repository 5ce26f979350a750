package io.patchbay.spi.net;

import java.io.Serial;

/// A refusal by the kernel. Its number is the only thing to branch on; its message names the
/// operation, its object and the kernel's own words.
public final class KernelException extends RuntimeException {
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int ERANGE = 34;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ESTALE = 116;

    @Serial private static final long serialVersionUID = 1L;

    private final String operation;
    private final int errno;

    /// @param operation what was tried on what, such as `create link net1 (macvlan)`
    /// @param errno the positive error number
    /// @param reason its name, and the extended acknowledgement if there was one
    public KernelException(String operation, int errno, String reason) {
        super(operation + ": " + reason);
        this.operation = operation;
        this.errno = errno;
    }

    public String operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }

    /// Whether what was to be added is there already.
    public boolean exists() {
        return errno == EEXIST;
    }

    /// Whether what was to be deleted or read is not there.
    public boolean isAbsent() {
        return errno == ENOENT || errno == ESRCH || errno == ENODEV || errno == EADDRNOTAVAIL;
    }
}
