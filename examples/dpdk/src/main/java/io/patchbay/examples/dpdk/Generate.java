package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.MacAddress;
import io.patchbay.dpdk.Port;
import io.patchbay.examples.dpdk.Traffic.PortTraffic;
import io.patchbay.examples.dpdk.frame.Generated;
import io.patchbay.examples.dpdk.frame.Ipv4;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
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

/// `run generate`.
@Command(
        name = "generate",
        description = {
            "Sends frames of UDP over IPv4 by the first port, once it has a link, and counts what"
                    + " comes back.",
            "It ends when all of --count are sent and have come back, or --wait seconds later, or at"
                    + " Ctrl-C."
        },
        sortOptions = false)
final class Generate implements Callable<Integer> {
    private static final int FIRST_SOURCE_PORT = 10000;
    private static final Duration LINK_CHECK = Duration.ofMillis(50);
    private static final Duration DONE_CHECK = Duration.ofMillis(20);

    @ParentCommand private @Nullable Main main;
    @Spec private @Nullable CommandSpec spec;
    @Mixin private final Polling polling = new Polling();
    @Mixin private final EalArguments eal = new EalArguments();

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "60",
            description =
                    "Of a frame, without its check sequence: 42 to 2000, in a tunnel 78 to 2000."
                            + " Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--rate",
            paramLabel = "PPS",
            defaultValue = "0",
            description = "Packets a second; 0: all it can. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--count",
            paramLabel = "PACKETS",
            defaultValue = "0",
            description = "How many; 0: without end. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long the last answers may take. Default: ${DEFAULT-VALUE}.")
    private int wait;

    @Option(
            names = "--flows",
            paramLabel = "FLOWS",
            defaultValue = "1",
            description =
                    "How many source ports, from 10000, take turns: 1 to 10000. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int flows;

    @Option(
            names = "--to",
            paramLabel = "IPV4",
            defaultValue = "198.18.0.2",
            description = "Default: ${DEFAULT-VALUE}.")
    private String to = "";

    @Option(
            names = "--from",
            paramLabel = "IPV4",
            defaultValue = "198.18.0.1",
            description = "Default: ${DEFAULT-VALUE}.")
    private String from = "";

    @Option(
            names = "--to-mac",
            paramLabel = "MAC",
            defaultValue = "ff:ff:ff:ff:ff:ff",
            description = "Default: ${DEFAULT-VALUE}.")
    private String toMac = "";

    @Option(
            names = "--to-port",
            paramLabel = "PORT",
            defaultValue = "7",
            description = "Default: ${DEFAULT-VALUE}, which gtpecho echoes.")
    private int toPort;

    @Option(
            names = "--teid",
            paramLabel = "TEID",
            description = "Sends them inside of a GTP-U tunnel, as G-PDUs; decimal or 0x….")
    private @Nullable String teid;

    @Override
    public Integer call() throws InterruptedException {
        check();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Ending ending = Objects.requireNonNull(main).ending;
        try (Ports ports = Ports.start(eal.words(), false)) {
            Port port = ports.all.getFirst();
            Generator generator =
                    new Generator(ports, port, polling.burst, frames(port), rate, count);
            if (!awaitLink(port, ending, out)) {
                return 0;
            }
            out.printf("Sending by %s.%n", port.name());
            out.flush();
            Workers workers = polling.workers(ports.eal, ending);
            workers.start("generator", generator::step);
            Thread waiting =
                    Thread.ofPlatform().daemon().start(() -> endWhenDone(generator, ending));
            polling.run(
                    workers,
                    new Links(List.of(port)),
                    ending,
                    nanos -> traffic(port, generator, nanos),
                    out);
            waiting.interrupt();
        }
        return 0;
    }

    private void check() {
        polling.check();
        int least = teid == null ? Generated.SHORTEST : Generated.SHORTEST_TUNNELLED;
        polling.within("--size", size, least, 2000);
        polling.within("--rate", rate, 0, Integer.MAX_VALUE);
        polling.within("--count", count, 0, Integer.MAX_VALUE);
        polling.within("--wait", wait, 0, Integer.MAX_VALUE);
        polling.within("--flows", flows, 1, 10000);
        polling.within("--to-port", toPort, 1, 0xffff);
        if (teid != null) {
            Teid.parse(teid);
        }
    }

    private List<byte[]> frames(Port port) {
        Generated generated =
                new Generated(
                        MacAddress.parse(toMac).value(),
                        port.mac().value(),
                        Ipv4.parse(to),
                        Ipv4.parse(from),
                        toPort,
                        FIRST_SOURCE_PORT);
        return IntStream.range(0, flows)
                .mapToObj(flow ->
                        teid == null
                                ? generated.udp(flow, size)
                                : generated.tunnelled(flow, size, Teid.parse(teid)))
                .toList();
    }

    /// False where the ending was asked for first.
    private static boolean awaitLink(Port port, Ending ending, PrintWriter out)
            throws InterruptedException {
        if (!port.link().up()) {
            out.printf("Waiting for the link of %s.%n", port.name());
            out.flush();
        }
        while (!port.link().up()) {
            if (ending.await(LINK_CHECK)) {
                return false;
            }
        }
        return true;
    }

    private void endWhenDone(Generator generator, Ending ending) {
        try {
            while (!generator.isDone()) {
                if (ending.await(DONE_CHECK)) {
                    return;
                }
            }
            long end = System.nanoTime() + Duration.ofSeconds(wait).toNanos();
            while (generator.received() < count && System.nanoTime() < end) {
                if (ending.await(DONE_CHECK)) {
                    return;
                }
            }
            ending.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Traffic traffic(Port port, Generator generator, long nanos) {
        return new Traffic(
                nanos,
                List.of(new PortTraffic(port.name(), generator.received(), generator.sent(), 0)));
    }
}
