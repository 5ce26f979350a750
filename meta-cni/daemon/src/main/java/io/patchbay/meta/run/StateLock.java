package io.patchbay.meta.run;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The right to be the only one of a kind on a state directory, such as its daemon. The kernel
/// takes it back when the process ends, however it ends.
final class StateLock implements AutoCloseable {
    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    static StateLock hold(Path state) {
        return hold(
                state,
                "lock",
                "another daemon works on %s: stop it, or set another state directory"
                        .formatted(state));
    }

    /// The right to be the only self-test of the daemon on a state directory.
    static StateLock holdSelftest(Path state) {
        return hold(
                state,
                "selftest.lock",
                "another self-test is at work on this node: wait until it ends");
    }

    /// @param held what is said where somebody has it
    private static StateLock hold(Path state, String file, String held) {
        try {
            Files.createDirectories(
                    state,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            FileChannel channel =
                    FileChannel.open(
                            state.resolve(file),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new CniException(Standard.IO_FAILURE, held);
            }
            return new StateLock(channel);
        } catch (IOException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "the state directory %s cannot be locked".formatted(state),
                    e);
        }
    }

    /// Refuses a directory that somebody holds now.
    static void refuseHeld(Path state) {
        hold(state).close();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
