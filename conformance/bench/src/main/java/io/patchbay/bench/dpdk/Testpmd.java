package io.patchbay.bench.dpdk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// DPDK's own forwarder in C, between its ports as they are paired.
record Testpmd(Path runtimeDirectory) implements Contender {
    static final Path BINARY = Path.of("/usr/bin/dpdk-testpmd");

    private static final String READY = "Press enter to exit";

    /// In the sums over all ports at the end, which come last.
    private static final Pattern SENT = Pattern.compile("TX-packets: (\\d+)");

    @Override
    public String name() {
        return "testpmd";
    }

    @Override
    public Result run(int burst, int seconds, List<String> devices)
            throws IOException, InterruptedException {
        // The first core is the command line's, which sleeps; the forwarder is the second's.
        List<String> command = command("--lcores", "0@1,1@0", devices, "io", burst);
        try (Program program = Program.start(command, runtimeDirectory)) {
            program.await(READY);
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            program.say("");
            long nanos = System.nanoTime() - start;
            return new Result(sent(program.end(0)), nanos / 1e9);
        }
    }

    /// Starts one that sends and takes packets, on CPU 1, until it is closed.
    static Program source(Path runtimeDirectory, String mode, List<String> devices)
            throws IOException, InterruptedException {
        Program source =
                Program.start(command("--lcores", "0@0,1@1", devices, mode, 32), runtimeDirectory);
        try {
            source.await(READY);
            return source;
        } catch (IllegalStateException e) {
            source.close();
            throw e;
        }
    }

    private static List<String> command(
            String option, String cores, List<String> devices, String mode, int burst) {
        // It would keep what it says while it forwards, were its output no terminal.
        List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", BINARY.toString()));
        List<String> eal = Contender.eal(cores, devices);
        eal.set(eal.indexOf("-l"), option);
        command.addAll(eal);
        command.addAll(
                List.of(
                        "--",
                        "--forward-mode=" + mode,
                        "--burst=" + burst,
                        "--nb-cores=1",
                        "--total-num-mbufs=16384",
                        "--auto-start"));
        return command;
    }

    private static long sent(String output) {
        Matcher matcher = SENT.matcher(output);
        long last = -1;
        while (matcher.find()) {
            last = Long.parseLong(matcher.group(1));
        }
        if (last < 0) {
            throw new IllegalStateException("testpmd told no statistics, but:\n" + output);
        }
        return last;
    }
}
