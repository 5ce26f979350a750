package io.patchbay.bench.dpdk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The example `l2fwd` of the DPDK binding, as a process of its own.
record Java(Path runtimeDirectory) implements Contender {
    private static final Pattern RESULT =
            Pattern.compile("\"seconds\":([0-9.]+),\"rx\":\\d+,\"tx\":(\\d+)");

    @Override
    public String name() {
        return "l2fwd";
    }

    @Override
    public Result run(int burst, int seconds, List<String> devices)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.patchbay.examples.dpdk.Main",
                        "l2fwd",
                        "--json",
                        "--burst",
                        Integer.toString(burst),
                        "--seconds",
                        Integer.toString(seconds),
                        "--cpus",
                        "0",
                        "--"));
        command.addAll(Contender.eal("0", devices));
        try (Program program = Program.start(command, runtimeDirectory)) {
            String output = program.end(seconds);
            Matcher matcher = RESULT.matcher(output);
            if (!matcher.find()) {
                throw new IllegalStateException("l2fwd told no result, but:\n" + output);
            }
            return new Result(
                    Long.parseLong(matcher.group(2)), Double.parseDouble(matcher.group(1)));
        }
    }
}
