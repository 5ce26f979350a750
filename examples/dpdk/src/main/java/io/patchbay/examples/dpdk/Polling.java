package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Eal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How a verb polls, for how long, and what it shows meanwhile and at the end.
final class Polling {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--burst",
            paramLabel = "PACKETS",
            defaultValue = "32",
            description =
                    "How many packets are taken at once, 1 to 512. Default: ${DEFAULT-VALUE}.")
    int burst;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "When to end; 0: at Ctrl-C. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--stats",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Prints packets a second this often; 0: never. Default: ${DEFAULT-VALUE}.")
    private int stats;

    @Option(
            names = "--cpus",
            paramLabel = "CPU",
            split = ",",
            description = "The CPUs that polling threads are bound to, one each.")
    private List<Integer> cpus = List.of();

    @Option(names = "--json", description = "Prints the result as one line of JSON at the end.")
    private boolean json;

    /// Refuses what no option can be, before DPDK starts.
    void check() {
        within("--burst", burst, 1, 512);
        within("--seconds", seconds, 0, Integer.MAX_VALUE);
        within("--stats", stats, 0, Integer.MAX_VALUE);
    }

    void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%s cannot be %d: give %d to %d.".formatted(option, value, least, most));
        }
    }

    Workers workers(Eal eal, Ending ending) {
        return new Workers(eal, ending, cpus);
    }

    /// Lets the workers poll until the time is up or the ending is asked for, then prints what the
    /// counters are.
    void run(
            Workers workers,
            Links links,
            Ending ending,
            LongFunction<Traffic> counters,
            PrintWriter out)
            throws InterruptedException {
        long start = System.nanoTime();
        try {
            watch(start, links, ending, counters, out);
        } finally {
            workers.stop();
        }
        Traffic traffic = counters.apply(System.nanoTime() - start);
        out.print(traffic.totals());
        if (json) {
            out.println(traffic.json(burst));
        }
        out.flush();
    }

    private void watch(
            long start, Links links, Ending ending, LongFunction<Traffic> counters, PrintWriter out)
            throws InterruptedException {
        long end = seconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(seconds);
        long period = stats == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(stats);
        Traffic before = counters.apply(0);
        for (long now = 0; now < end; now = System.nanoTime() - start) {
            links.tell(out);
            if (now - before.nanos() >= period) {
                Traffic traffic = counters.apply(now);
                out.print(traffic.rates(before));
                before = traffic;
            }
            out.flush();
            if (ending.await(Duration.ofNanos(Math.min(TICK, end - now)))) {
                return;
            }
        }
    }
}
