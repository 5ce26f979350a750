package io.patchbay.kernel.libc;

import io.patchbay.spi.net.KernelException;
import java.util.Map;
import java.util.stream.Collectors;

/// The kernel's error numbers with their names and their meaning, and the exceptions made of them.
/// The words are not strerror(3)'s, which follow the locale. Source: asm-generic/errno.h.
public final class Errno {
    public static final int EPERM = 1;
    public static final int EINTR = 4;
    public static final int EISDIR = 21;
    public static final int EAGAIN = 11;
    public static final int ENODATA = 61;
    public static final int EBADMSG = 74;
    public static final int EMSGSIZE = 90;
    public static final int ENOBUFS = 105;

    private static final Map<Integer, String> REASONS =
            """
            1 EPERM (operation not permitted)
            2 ENOENT (no such file or entry)
            3 ESRCH (no such entry)
            4 EINTR (interrupted)
            5 EIO (input/output error)
            6 ENXIO (no such device or address)
            7 E2BIG (too big)
            9 EBADF (bad file descriptor)
            11 EAGAIN (no answer in time)
            12 ENOMEM (out of memory)
            13 EACCES (permission denied)
            14 EFAULT (bad address)
            16 EBUSY (device or resource busy)
            17 EEXIST (exists already)
            18 EXDEV (on another mount)
            19 ENODEV (no such device)
            20 ENOTDIR (not a directory)
            21 EISDIR (is a directory)
            22 EINVAL (invalid argument)
            23 ENFILE (too many open files on this machine)
            24 EMFILE (too many open files)
            28 ENOSPC (no space left)
            30 EROFS (read-only file system)
            34 ERANGE (out of range)
            36 ENAMETOOLONG (name too long)
            38 ENOSYS (not in this kernel)
            39 ENOTEMPTY (not empty)
            40 ELOOP (too many links)
            61 ENODATA (no such attribute)
            71 EPROTO (protocol error)
            74 EBADMSG (malformed message)
            75 EOVERFLOW (value too large)
            88 ENOTSOCK (not a socket)
            90 EMSGSIZE (message too long)
            92 ENOPROTOOPT (no such option)
            93 EPROTONOSUPPORT (protocol not supported)
            95 EOPNOTSUPP (not supported)
            97 EAFNOSUPPORT (address family not supported)
            98 EADDRINUSE (address in use)
            99 EADDRNOTAVAIL (no such address)
            100 ENETDOWN (network is down)
            101 ENETUNREACH (network unreachable)
            104 ECONNRESET (connection reset)
            105 ENOBUFS (no buffer space)
            107 ENOTCONN (not connected)
            110 ETIMEDOUT (timed out)
            113 EHOSTUNREACH (no route to host)
            116 ESTALE (another one by now)
            """
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    entry -> Integer.valueOf(entry[0]), entry -> entry[1]));

    private Errno() {}

    /// A number's name and meaning, such as `EBUSY (device or resource busy)`.
    public static String reason(int errno) {
        return REASONS.getOrDefault(errno, "error " + errno);
    }

    public static KernelException exception(String operation, int errno) {
        return new KernelException(operation, errno, reason(errno));
    }

    /// @param detail what is known beyond the number; it may be empty
    public static KernelException exception(String operation, int errno, String detail) {
        String reason = detail.isEmpty() ? reason(errno) : reason(errno) + ", " + detail;
        return new KernelException(operation, errno, reason);
    }
}
