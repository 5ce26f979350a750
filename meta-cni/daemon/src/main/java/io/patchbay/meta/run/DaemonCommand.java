package io.patchbay.meta.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the daemon until it is told to end.
@Command(
        description = "Run the daemon of this node, in the foreground.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DaemonCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; /etc/patchbay/patchbay.yaml if it is there.")
    private @Nullable Path config;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = SettingsFile.read(Optional.ofNullable(config), System.getenv());
        Daemon daemon = Daemon.start(settings, Ports.ofThisMachine(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(daemon), "patchbay-end"));
        new CountDownLatch(1).await();
        return 0;
    }

    /// A JVM that a signal ends has that signal in its exit status; but to end when asked to is
    /// success. Where a jar ends the process nothing is waited for: what is in flight is undone by
    /// the next one, as after any crash.
    private static void end(Daemon daemon) {
        if (daemon.isEndedByJar()) {
            Runtime.getRuntime().halt(1);
        }
        daemon.close();
        Runtime.getRuntime().halt(0);
    }
}
