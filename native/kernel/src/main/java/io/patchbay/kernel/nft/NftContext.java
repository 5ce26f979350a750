package io.patchbay.kernel.nft;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Nft;
import java.util.concurrent.locks.ReentrantLock;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;

/// nftables through the library that nft(8) is made of. Each call has a context and a thread of its
/// own inside the namespace: while it runs, the library opens further sockets to look up the names
/// of links. It is not known to be safe for several threads, so calls take turns.
public final class NftContext implements Nft {
    private static final ReentrantLock TURN = new ReentrantLock();

    private final NamespaceFile namespace;

    public NftContext(NamespaceFile namespace) {
        this.namespace = namespace;
    }

    /// Loaded with the first call, since few delegates have a use for it.
    private static final class Library {
        static final LibNftables NFT = load();

        private static LibNftables load() {
            try {
                return LibraryLoader.create(LibNftables.class).load("libnftables.so.1");
            } catch (UnsatisfiedLinkError e) {
                throw new KernelException(
                        "load libnftables.so.1",
                        KernelException.ENOENT,
                        "it is not installed: install the package libnftables1");
            }
        }
    }

    @Override
    public void apply(String transaction) {
        run("nft " + firstLine(transaction), transaction);
    }

    @Override
    public String list(String family, String table) {
        String line = "table %s %s".formatted(family, table);
        if (!exists(family, line)) {
            return "";
        }
        try {
            return run("nft list " + line, "list " + line);
        } catch (KernelException e) {
            if (exists(family, line)) {
                throw e;
            }
            return "";
        }
    }

    private boolean exists(String family, String line) {
        return run("nft list tables " + family, "list tables " + family)
                .lines()
                .anyMatch(line::equals);
    }

    private String run(String operation, String commands) {
        String where = operation + " in " + namespace.path();
        TURN.lock();
        try {
            return namespace.inside(() -> runHere(where, commands));
        } finally {
            TURN.unlock();
        }
    }

    private static String runHere(String operation, String commands) {
        LibNftables nft = Library.NFT;
        Pointer context = nft.nft_ctx_new(0);
        try {
            nft.nft_ctx_buffer_output(context);
            nft.nft_ctx_buffer_error(context);
            int errno = run(nft, context, commands);
            if (errno != 0) {
                String words = firstLine(nft.nft_ctx_get_error_buffer(context));
                throw Errno.exception(operation, errno, "nft: " + words);
            }
            return nft.nft_ctx_get_output_buffer(context);
        } finally {
            nft.nft_ctx_free(context);
        }
    }

    /// The number of the refusal, or 0. What the kernel refused, the library leaves in errno
    /// (nft_netlink in src/libnftables.c); what it refused by itself, such as bad syntax, has no
    /// number, and errno is what the last look-up happened to leave, such as EAGAIN.
    private static int run(LibNftables nft, Pointer context, String commands) {
        Syscalls.clearErrno();
        if (nft.nft_run_cmd_from_buffer(context, commands) == 0) {
            return 0;
        }
        int errno = Syscalls.errno();
        return switch (errno) {
            case KernelException.ENOENT, KernelException.EEXIST, KernelException.EBUSY -> errno;
            default -> KernelException.EINVAL;
        };
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
