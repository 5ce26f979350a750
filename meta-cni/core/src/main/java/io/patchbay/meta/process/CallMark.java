package io.patchbay.meta.process;

import io.patchbay.meta.journal.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What tells the processes of one call from all others: a variable of their environment, which
/// they inherit however they part from each other. A daemonised grandchild has neither parent nor
/// process group nor session in common with the program that was called. It also tells who called,
/// so that the calls of a process that died are known. Sources: proc_pid_environ(5),
/// proc_pid_stat(5).
///
/// @param pids the PID namespace in which the caller's number counts
/// @param started in clock ticks since the boot: a number is used again, but not at the same time
/// @param session the caller's, and so that of the program it called, until it parts from it
record CallMark(String pids, long caller, String started, String session, long number) {
    static final String KEY = "PATCHBAY_CALL";

    private static final Path PROC = Path.of("/proc");
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final int PARTS = 5;

    // Of the fields behind the name, which may hold spaces and parentheses.
    private static final int SESSION = 3;
    private static final int START_TIME = 19;

    private static final CallMark SELF = ofSelf();

    private static CallMark ofSelf() {
        long pid = ProcessHandle.current().pid();
        return new CallMark(
                namespace(),
                pid,
                stat(pid, START_TIME).orElse("?"),
                stat(pid, SESSION).orElse("?"),
                0);
    }

    static CallMark next() {
        return new CallMark(
                SELF.pids, SELF.caller, SELF.started, SELF.session, NUMBERS.incrementAndGet());
    }

    /// The value of the variable.
    String text() {
        return "%s,%d,%s,%s,%d".formatted(pids, caller, started, session, number);
    }

    static Optional<CallMark> parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new CallMark(
                            parts[0],
                            Long.parseLong(parts[1]),
                            parts[2],
                            parts[3],
                            Long.parseLong(parts[4])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The calls that nobody waits for any more, and that have not come to their end: a program
    /// that was called is in its caller's session, and what it leaves running for good is not. Of
    /// another PID namespace's calls we cannot tell.
    static Set<CallMark> abandoned() {
        return ProcessHandle.allProcesses()
                .flatMap(process ->
                        of(process.pid())
                                .filter(CallMark::isAbandoned)
                                .filter(mark -> mark.isInSession(process.pid()))
                                .stream())
                .collect(Collectors.toSet());
    }

    private boolean isAbandoned() {
        return pids.equals(SELF.pids) && !stat(caller, START_TIME).equals(Optional.of(started));
    }

    private boolean isInSession(long pid) {
        return stat(pid, SESSION).equals(Optional.of(session));
    }

    /// Every process but this one whose mark is wanted. One that is just executing another program
    /// may be missed: its environment is empty for a moment.
    static List<ProcessHandle> bearers(Predicate<CallMark> wanted) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != SELF.caller)
                .filter(process -> of(process.pid()).filter(wanted).isPresent())
                .toList();
    }

    private static Optional<CallMark> of(long pid) {
        String key = KEY + "=";
        return read(PROC.resolve(pid + "/environ"))
                .flatMap(environment ->
                        Arrays.stream(environment.split("\0", -1))
                                .filter(pair -> pair.startsWith(key))
                                .findFirst())
                .flatMap(pair -> parse(pair.substring(key.length())));
    }

    private static Optional<String> stat(long pid, int field) {
        return read(PROC.resolve(pid + "/stat"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1))
                .map(fields -> fields[field]);
    }

    // Whoever has ended, or is somebody else's, has no file to read.
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Disk.read(file), StandardCharsets.ISO_8859_1))
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String namespace() {
        try {
            return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
