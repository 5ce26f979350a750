package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.MacAddress;
import io.patchbay.dpdk.Port;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `run l2fwd`.
@Command(
        name = "l2fwd",
        description = {
            "Forwards frames between two ports, both ways, until Ctrl-C.",
            "Ports are paired in DPDK's order; the last of an odd number sends frames back."
        },
        sortOptions = false)
final class L2fwd implements Callable<Integer> {
    private static final Duration LONG = Duration.ofDays(36500);

    @ParentCommand private @Nullable Main main;
    @Spec private @Nullable CommandSpec spec;
    @Mixin private final EalArguments eal = new EalArguments();

    @Option(
            names = "--burst",
            paramLabel = "PACKETS",
            defaultValue = "32",
            description =
                    "How many packets are taken at once, 1 to 512. Default: ${DEFAULT-VALUE}.")
    private int burst;

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
            names = "--peer",
            paramLabel = "PORT=MAC",
            description = {
                "The neighbour behind a port: what leaves by it goes to that address, from the"
                        + " port's own.",
                "Else frames go through as they are. A port is a name or a number; repeatable."
            })
    private Map<String, String> peers = Map.of();

    @Option(
            names = "--promiscuous",
            description = "Takes frames to other addresses than the port's own.")
    private boolean promiscuous;

    @Option(
            names = "--threads",
            description = "A thread for each direction, instead of one for all.")
    private boolean threads;

    @Option(names = "--json", description = "Prints the result as one line of JSON at the end.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        within("--burst", burst, 1, 512);
        within("--seconds", seconds, 0, Integer.MAX_VALUE);
        within("--stats", stats, 0, Integer.MAX_VALUE);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Ending ending = Objects.requireNonNull(main).ending;
        try (Ports ports = Ports.start(eal.words(), promiscuous)) {
            List<Direction> directions = directions(ports);
            out.printf("Forwarding between %s.%n", ports.all.stream().map(Port::name).toList());
            out.flush();
            Traffic traffic = forward(ports, directions, ending, out);
            out.print(traffic.totals());
            if (json) {
                out.println(traffic.json(burst));
            }
        }
        out.flush();
        return 0;
    }

    private void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%s cannot be %d: give %d to %d.".formatted(option, value, least, most));
        }
    }

    private List<Direction> directions(Ports ports) {
        Peers neighbours = Peers.of(peers, ports);
        List<Direction> directions = new ArrayList<>();
        for (int i = 0; i < ports.all.size(); i++) {
            Port from = ports.all.get(i);
            Port to = ports.all.get(Math.min(i ^ 1, ports.all.size() - 1));
            directions.add(new Direction(from, to, mover(ports, from, to, neighbours.of(to))));
        }
        return directions;
    }

    private Direction.Mover mover(Ports ports, Port from, Port to, @Nullable MacAddress peer) {
        return peer == null
                ? new Fused(from.rx(0), to.tx(0), burst)
                : new Rewriting(from.rx(0), to.tx(0), ports.eal.burst(burst), peer);
    }

    private Traffic forward(Ports ports, List<Direction> directions, Ending ending, PrintWriter out)
            throws InterruptedException {
        long start = System.nanoTime();
        Workers workers = new Workers(ending);
        if (threads) {
            directions.forEach(way -> workers.start("from-" + way.from.name(), way::step));
        } else {
            Direction[] all = directions.toArray(Direction[]::new);
            workers.start("forwarder", () -> stepAll(all));
        }
        try {
            watch(ports, directions, ending, out, start);
        } finally {
            workers.stop();
        }
        return Traffic.of(ports.all, directions, System.nanoTime() - start);
    }

    private static void stepAll(Direction[] directions) {
        for (Direction direction : directions) {
            direction.step();
        }
    }

    /// Prints the counters, until the time is up or the ending is asked for.
    private void watch(
            Ports ports, List<Direction> directions, Ending ending, PrintWriter out, long start)
            throws InterruptedException {
        Duration left = seconds == 0 ? LONG : Duration.ofSeconds(seconds);
        Duration period = stats == 0 ? left : Duration.ofSeconds(stats);
        Traffic before = Traffic.of(ports.all, directions, 0);
        while (left.isPositive()) {
            Duration wait = period.compareTo(left) < 0 ? period : left;
            if (ending.await(wait)) {
                return;
            }
            left = left.minus(wait);
            if (stats > 0) {
                Traffic now = Traffic.of(ports.all, directions, System.nanoTime() - start);
                out.print(now.rates(before));
                out.flush();
                before = now;
            }
        }
    }
}
