package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Port;
import io.patchbay.examples.dpdk.frame.Answers;
import io.patchbay.examples.dpdk.frame.Ipv4;
import io.patchbay.examples.dpdk.frame.Tunnels;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `run gtpecho`.
@Command(
        name = "gtpecho",
        description = {
            "Answers GTP-U (3GPP TS 29.281) on every port, until Ctrl-C: Echo Requests by Echo"
                    + " Responses,",
            "and G-PDUs with UDP inside by the same with both ends swapped, inside and outside. Plain"
                    + " UDP is",
            "echoed too, and ping and ARP are answered. What is malformed is counted and dropped."
        },
        sortOptions = false)
final class GtpEcho implements Callable<Integer> {
    @ParentCommand private @Nullable Main main;
    @Spec private @Nullable CommandSpec spec;
    @Mixin private final Polling polling = new Polling();
    @Mixin private final EalArguments eal = new EalArguments();

    @Option(
            names = "--address",
            paramLabel = "IPV4",
            description = "Who it is. Without, packets to any address are answered, but not ARP.")
    private @Nullable String address;

    @Option(
            names = "--echo-port",
            paramLabel = "PORT",
            defaultValue = "7",
            description = "Where plain UDP is echoed. Default: ${DEFAULT-VALUE}.")
    private int echoPort;

    @Option(
            names = "--teid",
            paramLabel = "IN=OUT",
            description =
                    "Answers the tunnel IN by the tunnel OUT, others by their own; decimal or 0x…,"
                            + " repeatable.")
    private Map<String, String> teids = Map.of();

    @Override
    public Integer call() throws InterruptedException {
        polling.check();
        polling.within("--echo-port", echoPort, 1, 0xffff);
        int own = address == null ? 0 : Ipv4.parse(address);
        Tunnels tunnels = tunnels();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Ending ending = Objects.requireNonNull(main).ending;
        try (Ports ports = Ports.start(eal.words(), false)) {
            List<Station> stations =
                    ports.all.stream().map(port -> station(ports, port, own, tunnels)).toList();
            List<Direction> directions = directions(ports.all, stations);
            Workers workers = polling.workers(ports.eal, ending);
            workers.start("echo", () -> directions.forEach(Direction::step));
            out.printf("Answering on %s.%n", ports.all.stream().map(Port::name).toList());
            out.flush();
            polling.run(
                    workers,
                    new Links(ports.all),
                    ending,
                    nanos -> Traffic.of(ports.all, directions, nanos),
                    out);
            out.printf(
                    "Ignored %d, malformed %d.%n",
                    stations.stream().mapToLong(Station::ignored).sum(),
                    stations.stream().mapToLong(Station::malformed).sum());
            out.flush();
        }
        return 0;
    }

    private Station station(Ports ports, Port port, int own, Tunnels tunnels) {
        return new Station(
                port,
                ports.eal.burst(polling.burst),
                new Answers(port.mac().value(), own, echoPort, tunnels));
    }

    private static List<Direction> directions(List<Port> ports, List<Station> stations) {
        return IntStream.range(0, ports.size())
                .mapToObj(i -> new Direction(ports.get(i), ports.get(i), stations.get(i)))
                .toList();
    }

    private Tunnels tunnels() {
        Map<Integer, Integer> answers = new HashMap<>();
        teids.forEach((in, out) -> answers.put(Teid.parse(in), Teid.parse(out)));
        return Tunnels.of(answers);
    }
}
