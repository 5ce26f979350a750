package io.patchbay.e2e.fault;

import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Daemons of one node, one after another, that die where they are told to.
///
/// @param command starts a {@link FaultDaemon}
public record Doom(Installation installation, List<String> command) {
    /// The status of a process that SIGKILL ended.
    public static final int KILLED = 137;

    private static final Pattern READS =
            Pattern.compile("(find|dump|open|read|await|sysctl find|nft list|check|probe) .*");

    /// Of the installed tree.
    public static Doom of(Installation installation) {
        return new Doom(installation, Installation.daemon(FaultDaemon.class));
    }

    /// Starts one and waits until it takes requests.
    public DaemonProcess launch() {
        return installation
                .launch(command, Map.of("PATCHBAY_FAULT_CALLS", record().toString()))
                .awaitReady();
    }

    /// Lets one count its calls from now on, and a fault come about at one of them. A daemon can so
    /// undo what the one before left, and die of what comes next: each costs one start.
    public static void arm(DaemonProcess daemon, String fault) {
        daemon.tell(fault).awaitLine(FaultDaemon.ARMED + fault);
    }

    private Path record() {
        return installation.work().resolve("calls");
    }

    /// The calls of one since it was armed.
    public List<String> calls(DaemonProcess daemon) {
        daemon.tell(FaultDaemon.ASKED).awaitLine(FaultDaemon.WRITTEN);
        try {
            return Files.readAllLines(record());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The numbers of those calls, from 1, that change something.
    public static List<Integer> effects(List<String> calls) {
        return IntStream.rangeClosed(1, calls.size())
                .filter(k -> !READS.matcher(calls.get(k - 1)).matches())
                .boxed()
                .toList();
    }

    /// Some of many, evenly apart, the first and the last among them: each costs a start.
    public static List<Integer> spread(List<Integer> many, int some) {
        return IntStream.range(0, some)
                .mapToObj(i -> many.get(i * (many.size() - 1) / (some - 1)))
                .toList();
    }
}
