package io.patchbay.bench.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// `make bench-dpdk`: l2fwd beside testpmd, in turns, by the same devices and on the same CPU; then
/// what the binding costs by itself, and allocates. Arguments: the rounds (5), and the seconds of
/// each run (4).
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (!Files.isExecutable(Testpmd.BINARY)) {
            System.err.println("There is no " + Testpmd.BINARY + ": install dpdk-dev.");
            System.exit(1);
        }
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        Path directory = Files.createTempDirectory("patchbay-bench-dpdk");
        boolean met = true;
        try {
            System.out.printf(
                    "%d rounds of %d s, packets a second, medians%n%-10s %6s %14s %14s %7s %5s%n",
                    rounds, seconds, "", "burst", "testpmd", "l2fwd", "ratio", "goal");
            for (Devices devices : List.of(new Devices.Null(), new Devices.Vhost(directory))) {
                for (Goal goal : Goal.values()) {
                    met &= compare(directory, devices, goal, rounds, seconds);
                }
            }
            met &= nothingIsAllocated(directory);
        } finally {
            delete(directory);
        }
        System.exit(met ? 0 : 1);
    }

    /// Whether the goal is met.
    private static boolean compare(
            Path directory, Devices devices, Goal goal, int rounds, int seconds)
            throws IOException, InterruptedException {
        List<Double> c = new ArrayList<>();
        List<Double> java = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            c.add(devices.run(new Testpmd(directory), goal.burst, seconds).rate());
            java.add(devices.run(new Java(directory), goal.burst, seconds).rate());
            ratios.add(java.getLast() / c.getLast());
        }
        double ratio = median(ratios);
        boolean met = ratio >= goal.ratio;
        System.out.printf(
                Locale.ROOT,
                "%-10s %6d %,14.0f %,14.0f %7.2f %5.2f  %s%n",
                devices.name(),
                goal.burst,
                median(c),
                median(java),
                ratio,
                goal.ratio,
                met ? "met" : "NOT MET");
        return met;
    }

    private static boolean nothingIsAllocated(Path directory)
            throws IOException, InterruptedException {
        ProcessBuilder child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Djava.io.tmpdir=" + directory,
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                io.patchbay.bench.dpdk.jmh.Main.class.getName())
                        .inheritIO();
        child.environment().put("RUNTIME_DIRECTORY", directory.toString());
        System.out.println();
        return child.start().waitFor() == 0;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private enum Goal {
        OF_32(32, 0.9),
        OF_64(64, 0.95);

        private final int burst;
        private final double ratio;

        Goal(int burst, double ratio) {
            this.burst = burst;
            this.ratio = ratio;
        }
    }
}
