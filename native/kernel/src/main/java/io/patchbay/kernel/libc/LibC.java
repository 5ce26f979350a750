package io.patchbay.kernel.libc;

import jnr.ffi.types.intptr_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/// The C library's calls as the manual (sections 2 and 3) has them. Memory is handed over by
/// address, see {@link Memory}: an array pinned across a blocking call would stop the collector.
/// The variadic ones (open, fcntl, ioctl) are called through a fixed signature, which is the same
/// in the C conventions of Linux on x86-64 and on aarch64. None takes six arguments: jnr-ffi 2.2.19
/// hands the sixth over wrongly.
public interface LibC {
    int open(CharSequence path, int flags, int mode);

    int close(int fd);

    @ssize_t
    long read(int fd, @intptr_t long buf, @size_t long count);

    @ssize_t
    long write(int fd, @intptr_t long buf, @size_t long count);

    int fcntl(int fd, int cmd, @intptr_t long arg);

    int flock(int fd, int operation);

    int ioctl(int fd, @size_t long request, @intptr_t long arg);

    int fstatfs(int fd, @intptr_t long buf);

    int statx(int dirfd, CharSequence path, int flags, int mask, @intptr_t long statxbuf);

    int setns(int fd, int nstype);

    int unshare(int flags);

    int openat(int dirfd, CharSequence path, int flags, int mode);

    int mkdirat(int dirfd, CharSequence path, int mode);

    int unlinkat(int dirfd, @intptr_t long path, int flags);

    int renameat(int olddirfd, @intptr_t long oldpath, int newdirfd, @intptr_t long newpath);

    @ssize_t
    long getdents64(int fd, @intptr_t long dirp, @size_t long count);

    int fchmod(int fd, int mode);

    int fchown(int fd, int owner, int group);

    @ssize_t
    long fgetxattr(int fd, CharSequence name, @intptr_t long value, @size_t long size);

    int fsetxattr(int fd, CharSequence name, @intptr_t long value, @size_t long size, int flags);

    int mount(
            CharSequence source,
            CharSequence target,
            @intptr_t long filesystemtype,
            @size_t long mountflags,
            @intptr_t long data);

    int umount2(CharSequence target, int flags);

    /// The calls that the C library has no name for.
    @intptr_t
    long syscall(
            @intptr_t long number,
            @intptr_t long first,
            @intptr_t long second,
            @intptr_t long third,
            @intptr_t long fourth);

    int socket(int domain, int type, int protocol);

    int bind(int sockfd, @intptr_t long addr, int addrlen);

    int setsockopt(int sockfd, int level, int optname, @intptr_t long optval, int optlen);

    int poll(@intptr_t long fds, @size_t long nfds, int timeout);

    @ssize_t
    long send(int sockfd, @intptr_t long buf, @size_t long len, int flags);

    @ssize_t
    long recv(int sockfd, @intptr_t long buf, @size_t long len, int flags);

    @ssize_t
    long sendmsg(int sockfd, @intptr_t long msg, int flags);

    @ssize_t
    long recvmsg(int sockfd, @intptr_t long msg, int flags);
}
