package io.patchbay.meta.jar;

import io.patchbay.meta.journal.Disk;
import io.patchbay.meta.journal.Notes;
import io.patchbay.meta.journal.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The calls into third parties' jars that are under way, as notes that outlive the process: which
/// of them are there when it starts tells in whose calls the one before ended. They are written
/// without fsync, for what a process wrote is not lost with it.
final class CallMarks implements Marking {
    private static final Logger LOG = System.getLogger(CallMarks.class.getName());
    private static final String DIRECTORY = "calls";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Notes<Mark> notes;
    private final String boot;
    private final AtomicLong last = new AtomicLong();
    private volatile boolean ending;

    /// @param storage the state directory
    CallMarks(Storage storage) {
        notes = new Notes<>(storage, DIRECTORY, Mark.class);
        boot = boot();
    }

    private static String boot() {
        try {
            return new String(Disk.read(BOOT), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes the marks of the process before: those of calls that were under way when it ended,
    /// unless the whole machine did.
    List<Mark> take() {
        Map<String, Mark> left = notes.all();
        left.keySet().forEach(notes::erase);
        return left.values().stream().filter(mark -> mark.boot().equals(boot)).toList();
    }

    /// Runs a call under its mark.
    @Override
    public void around(Jar jar, String call, Runnable action) {
        String key = Long.toString(last.incrementAndGet());
        boolean marked = !ending && mark(key, jar, call);
        try {
            action.run();
        } finally {
            if (marked) {
                erase(key);
            }
        }
    }

    /// A disk that is full is no reason to refuse the call.
    private boolean mark(String key, Jar jar, String call) {
        try {
            notes.writeLazily(key, new Mark(jar.name(), jar.digest(), call, boot));
            return true;
        } catch (UncheckedIOException e) {
            LOG.log(Level.DEBUG, "a call is not marked: {0}", e.getMessage());
            return false;
        }
    }

    private void erase(String key) {
        try {
            notes.erase(key);
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "the mark of a call that has ended stays: {0}", e.getMessage());
        }
    }

    /// Takes all marks away, and makes none from now on: whatever ends the process after this, no
    /// jar did.
    void end() {
        ending = true;
        notes.all().keySet().forEach(this::erase);
    }

    /// Leaves one mark, of the jar that ends the process at this moment.
    void blame(Jar jar) {
        end();
        boolean _ = mark("exit", jar, "System.exit");
    }
}
