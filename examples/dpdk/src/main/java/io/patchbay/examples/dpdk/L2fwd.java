package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.MacAddress;
import io.patchbay.dpdk.Port;
import java.io.PrintWriter;
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
    @ParentCommand private @Nullable Main main;
    @Spec private @Nullable CommandSpec spec;
    @Mixin private final Polling polling = new Polling();
    @Mixin private final EalArguments eal = new EalArguments();

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

    @Override
    public Integer call() throws InterruptedException {
        polling.check();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Ending ending = Objects.requireNonNull(main).ending;
        try (Ports ports = Ports.start(eal.words(), promiscuous)) {
            List<Direction> directions = directions(ports);
            out.printf("Forwarding between %s.%n", ports.all.stream().map(Port::name).toList());
            out.flush();
            polling.run(
                    start(polling.workers(ports.eal, ending), directions),
                    new Links(ports.all),
                    ending,
                    nanos -> Traffic.of(ports.all, directions, nanos),
                    out);
        }
        return 0;
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
                ? new Fused(from.rx(0), to.tx(0), polling.burst)
                : new Rewriting(from.rx(0), to.tx(0), ports.eal.burst(polling.burst), peer);
    }

    private Workers start(Workers workers, List<Direction> directions) {
        if (threads) {
            directions.forEach(way -> workers.start("from-" + way.from.name(), way::step));
        } else {
            Direction[] all = directions.toArray(Direction[]::new);
            workers.start("forwarder", () -> stepAll(all));
        }
        return workers;
    }

    private static void stepAll(Direction[] directions) {
        for (Direction direction : directions) {
            direction.step();
        }
    }
}
