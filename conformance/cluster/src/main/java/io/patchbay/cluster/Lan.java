package io.patchbay.cluster;

import io.patchbay.kernel.NamespaceHolder;
import java.util.List;
import java.util.stream.Stream;

/// The wire between a control plane and its nodes: a bridge in a network namespace of its own,
/// which the control plane is in too. It ends with this JVM, whatever ends that.
public final class Lan implements AutoCloseable {
    private static final String ADDRESS = "172.31.0.1";
    private static final String SET_UP =
            """
            ip link set lo up
            ip link add lan type bridge
            ip address add %s/24 dev lan
            ip link set lan up
            echo 1 > /proc/sys/net/ipv4/ip_forward
            """;

    private final NamespaceHolder namespace =
            NamespaceHolder.unshare(List.of("--net"), SET_UP.formatted(ADDRESS));

    private Lan() {}

    public static Lan open() {
        return new Lan();
    }

    /// Where a control plane starts that nodes are to reach.
    public Place place() {
        return new Place(this::enter, ADDRESS);
    }

    /// The network namespace, as a path.
    String netns() {
        return namespace.netns();
    }

    private List<String> enter(List<String> command) {
        var enter = List.of("nsenter", "-n", "-t", Long.toString(namespace.pid()), "--");
        return Stream.concat(enter.stream(), command.stream()).toList();
    }

    /// Gives a machine its eth0, and leads to its pods.
    void connect(Machine machine, int number) {
        String port = "node" + number;
        String there = Long.toString(machine.pid());
        run("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", there);
        run("ip", "link", "set", port, "master", "lan", "up");
        run("ip", "route", "add", pods(number), "via", address(number), "dev", "lan");
        machine.run("ip", "address", "add", address(number) + "/24", "dev", "eth0");
        machine.run("ip", "link", "set", "eth0", "up");
        machine.run("ip", "route", "add", "default", "via", ADDRESS);
    }

    static String address(int number) {
        return "172.31.0." + (10 + number);
    }

    /// Whence the pods of a node have their addresses.
    static String pods(int number) {
        return "10.244.%d.0/24".formatted(number);
    }

    private void run(String... command) {
        new Command(enter(List.of(command))).run();
    }

    @Override
    public void close() {
        namespace.close();
    }
}
