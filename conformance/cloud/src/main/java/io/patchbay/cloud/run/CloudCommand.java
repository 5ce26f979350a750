package io.patchbay.cloud.run;

import io.patchbay.cloud.Layout;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `patchbay cloud`.
@Command(
        name = "patchbay cloud",
        description = {
            "Runs a VPC that needs no account: EC2's Query API, instance metadata for each of its"
                    + " instances,",
            "and a control API for faults. It moves no packets, needs no root, and ends with"
                    + " Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = ControllerCommand.class)
final class CloudCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--vpc",
            paramLabel = "CIDR",
            split = ",",
            defaultValue = "10.0.0.0/16",
            description = "Its blocks, of IPv6 too. Default: ${DEFAULT-VALUE}.")
    private List<String> vpc = List.of();

    @Option(
            names = "--subnet",
            paramLabel = "CIDR[,IPV6][@ZONE]",
            description =
                    "A subnet, its /64 of IPv6, and its zone; as often as there are some. Default: 10.0.0.0/24.")
    private List<String> subnets = List.of("10.0.0.0/24");

    @Option(
            names = "--reserve",
            paramLabel = "CIDR",
            description = "A part of the last subnet that only prefixes are taken from.")
    private List<String> reserved = List.of();

    @Option(
            names = "--instance-type",
            paramLabel = "TYPE",
            defaultValue = "m5.large",
            description = "Default: ${DEFAULT-VALUE}.")
    private String type = "";

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many, in the first subnet. Default: ${DEFAULT-VALUE}.")
    private int instances;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where all of it listens. Default: ${DEFAULT-VALUE}.")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "EC2's; a free one by default.")
    private int port;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description =
                    "Takes addresses at random, as EC2 does, by this seed; else the lowest first.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CountDownLatch end = new CountDownLatch(1);
        try (StandaloneCloud cloud =
                StandaloneCloud.open(layout(), instances, new InetSocketAddress(address, port))) {
            Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
            print(out, cloud);
            end.await();
        }
        return 0;
    }

    private Layout layout() {
        String[] further = vpc.stream().skip(1).toArray(String[]::new);
        Layout layout = Layout.of(vpc.getFirst(), further).instanceType(type);
        for (String subnet : subnets) {
            String[] parts = subnet.split("@", 2);
            String[] blocks = parts[0].split(",", 2);
            layout = layout.subnet(blocks[0], parts.length > 1 ? parts[1] : Layout.ZONE, Map.of());
            layout = blocks.length > 1 ? layout.ipv6(blocks[1]) : layout;
        }
        for (String cidr : reserved) {
            layout = layout.reserve(cidr);
        }
        return seed == null ? layout : layout.seed(seed);
    }

    /// Lines that a shell reads: what is no assignment is behind a #.
    private static void print(PrintWriter out, StandaloneCloud cloud) {
        cloud.environment().forEach((name, value) -> out.println(name + "=" + value));
        out.println("# control: " + cloud.control());
        cloud.metadata()
                .forEach((instance, uri) ->
                        out.println(
                                "# %s: AWS_EC2_METADATA_SERVICE_ENDPOINT=%s"
                                        .formatted(instance, uri)));
        out.flush();
    }
}
