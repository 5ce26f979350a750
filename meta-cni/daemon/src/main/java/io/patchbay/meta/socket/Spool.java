package io.patchbay.meta.socket;

import io.patchbay.meta.cni.CniCommand;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.RequestDecoder;
import io.patchbay.meta.journal.Storage;
import io.patchbay.spi.cni.CniException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The DELs that the plugin binary left on disk because nobody answered. Each is carried out as if
/// it had come by the socket, and its file is erased once that succeeded. Safe from any thread.
public final class Spool {
    /// Where they lie in the state directory.
    public static final String DIRECTORY = "spool";

    /// `<unix time in ns>-<pid>.del`, so that names sort by age.
    private static final Pattern NAME = Pattern.compile(DIRECTORY + "/[0-9]{20}-[0-9]+\\.del");

    private static final String UNFINISHED = DIRECTORY + "/.";

    private final Storage storage;
    private final Duration patience;
    private final Watchdog watchdog = new Watchdog();
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    /// @param patience what each DEL may take
    public Spool(Storage storage, Duration patience) {
        this.storage = storage;
        this.patience = patience;
    }

    /// A file that can be carried out.
    private record Spooled(String name, CniRequest decoded, Frames.Payload payload) {}

    /// Carries out all there is, oldest first. What cannot be read is set aside; what fails stays.
    ///
    /// @return how many failed
    public int drain(RequestHandler handler) {
        int failed = 0;
        for (String name : names()) {
            Optional<Spooled> spooled = read(name);
            if (spooled.isPresent() && !carryOut(spooled.get(), handler)) {
                failed++;
            }
        }
        return failed;
    }

    /// Carries out what there is for one container. If that fails the container cannot be attached
    /// anew, for the DEL would be repeated later and hit the new attachment: code 11.
    public void settle(String containerId, RequestHandler handler) {
        for (String name : names()) {
            Optional<Spooled> spooled =
                    read(name).filter(one -> one.decoded().containerId().equals(containerId));
            if (spooled.isPresent() && !carryOut(spooled.get(), handler)) {
                throw CniException.tryAgain(
                        "an earlier DEL of container %s, which came while the daemon was away, failed again: see %s in the state directory and the log"
                                .formatted(containerId, name));
            }
        }
    }

    private List<String> names() {
        return storage.list(DIRECTORY).stream()
                .filter(name -> !name.startsWith(UNFINISHED))
                .toList();
    }

    private Optional<Spooled> read(String name) {
        Optional<byte[]> content = storage.read(name);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!NAME.matcher(name).matches()) {
                throw Frames.malformed("its name is none the plugin binary gives");
            }
            Frames.Payload payload = Frames.file(content.get());
            CniRequest decoded = RequestDecoder.decode(payload.environment(), payload.stdinBytes());
            if (decoded.command() != CniCommand.DEL) {
                throw Frames.malformed("it is a " + decoded.command());
            }
            return Optional.of(new Spooled(name, decoded, payload));
        } catch (CniException e) {
            storage.setAside(name, "is no DEL that can be carried out: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// One at a time for each container, and not a second time once the file is gone: whoever waits
    /// here may be an ADD that must not be followed by a DEL from before it.
    private boolean carryOut(Spooled spooled, RequestHandler handler) {
        ReentrantLock lock =
                locks[Math.floorMod(spooled.decoded().containerId().hashCode(), locks.length)];
        try {
            if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            if (storage.read(spooled.name()).isEmpty()) {
                return true;
            }
            if (!succeeds(spooled, handler)) {
                return false;
            }
            storage.erase(spooled.name());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean succeeds(Spooled spooled, RequestHandler handler) {
        Instant deadline = Instant.now().plus(patience);
        try (var _ = watchdog.guard(deadline)) {
            Request request =
                    new Request(
                            spooled.payload().environment(),
                            spooled.payload().stdinBytes(),
                            OptionalInt.empty(),
                            deadline);
            return handler.handle(request).status() == 0;
        }
    }
}
