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

/// The right to be the only daemon on a state directory. The kernel takes it back when the process
/// ends, however it ends.
final class StateLock implements AutoCloseable {
    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    static StateLock hold(Path state) {
        try {
            Files.createDirectories(
                    state,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            FileChannel channel =
                    FileChannel.open(
                            state.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new CniException(
                        Standard.IO_FAILURE,
                        "another daemon works on %s: stop it, or set another state directory"
                                .formatted(state));
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
