package io.patchbay.bench.dpdk.jmh;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the benchmarks, those of the arguments (`View.length`) or all, a minute and a half, and
/// prints a line for each. Ends with 1 where one allocates on the heap.
public final class Main {
    private static final List<String> ALL =
            List.of(
                    "Crossing.forward",
                    "Crossing.sendAndReceive",
                    "Crossing.enqueueAndDequeue",
                    "View.length",
                    "View.writeAddresses",
                    "View.swapAddresses",
                    "View.swapAddressesAndForward");

    /// What JMH's own threads allocate meanwhile is less. An object is of 8 bytes at least.
    private static final double NOTHING = 8;

    private Main() {}

    public static void main(String[] args) throws RunnerException {
        System.out.printf(
                "%-30s %6s %22s %12s %10s%n",
                "JMH, bytes on the heap: goal 0",
                "burst",
                "ns a burst",
                "ns a packet",
                "B a burst");
        boolean met = true;
        for (String name : args.length == 0 ? ALL : List.of(args)) {
            for (RunResult result : new Runner(options(name).build()).run()) {
                met &= print(name, result);
            }
        }
        System.exit(met ? 0 : 1);
    }

    private static ChainedOptionsBuilder options(String name) {
        String each = Main.class.getPackageName() + "." + name;
        return new OptionsBuilder()
                .include("^" + each.replace(".", "\\.") + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgs(
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    /// Whether nothing is allocated.
    private static boolean print(String name, RunResult result) {
        int packets = Integer.parseInt(result.getParams().getParam("packets"));
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        double bytes = Objects.requireNonNull(allocated).getScore();
        boolean met = bytes < NOTHING;
        System.out.printf(
                Locale.ROOT,
                "%-30s %6d %,12.1f ± %,7.1f %12.2f %10.3f  %s%n",
                name,
                packets,
                time.getScore(),
                time.getScoreError(),
                time.getScore() / packets,
                bytes,
                met ? "met" : "NOT MET");
        return met;
    }
}
