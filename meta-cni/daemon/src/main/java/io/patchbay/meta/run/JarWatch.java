package io.patchbay.meta.run;

import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.jar.Jars;
import io.patchbay.meta.watch.WatchedDirectories;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The thread that loads third parties' jars when they appear, once nothing has changed for a
/// moment: several jars may be copied one after the other.
final class JarWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(JarWatch.class.getName());
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(5);

    private final List<Path> directories;
    private final Jars jars;
    private final Delegates delegates;
    private final WatchedDirectories files = WatchedDirectories.open();
    private final Thread thread;

    private JarWatch(List<Path> directories, Jars jars, Delegates delegates) {
        this.directories = directories;
        this.jars = jars;
        this.delegates = delegates;
        this.thread = Thread.ofPlatform().daemon().name("patchbay-jars").unstarted(this::run);
    }

    /// Looks once for what is there, and again whenever that changes.
    static JarWatch start(List<Path> directories, Jars jars, Delegates delegates) {
        JarWatch watch = new JarWatch(directories, jars, delegates);
        // Before their own directories are looked for: one that comes meanwhile is a change.
        watch.files.watch(directories);
        watch.thread.start();
        return watch;
    }

    /// The directories, and those of jars in them.
    private List<Path> places() throws IOException {
        List<Path> places = new ArrayList<>(directories);
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> entries = Files.list(directory)) {
                    entries.filter(Files::isDirectory).forEach(places::add);
                }
            }
        }
        return places;
    }

    private void run() {
        try {
            while (true) {
                look();
                files.await();
                awaitQuiet();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the delegates' directories are watched no longer");
        }
    }

    private void awaitQuiet() throws InterruptedException {
        boolean changing = true;
        while (changing) {
            changing = files.await(QUIET);
        }
    }

    private void look() {
        try {
            files.watch(places());
            delegates.load(jars.load());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "jars cannot be looked for, until the next change", e);
        }
    }

    @Override
    public void close() {
        files.close();
        thread.interrupt();
        try {
            if (!thread.join(LAST)) {
                LOG.log(Level.WARNING, "a jar is still being loaded: it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
