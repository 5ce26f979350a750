package io.patchbay.e2e.node;

import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import java.util.List;

/// A sandbox as a runtime makes it, with its loopback up: a network namespace with a name below the
/// node's /run/netns.
public final class PodNetns implements AutoCloseable {
    private final NodeNamespace node;
    private final String name;

    private PodNetns(NodeNamespace node, String name) {
        this.node = node;
        this.name = name;
    }

    public static PodNetns create(NodeNamespace node, String name) {
        node.run("ip", "netns", "add", name);
        node.run("ip", "-n", name, "link", "set", "lo", "up");
        return new PodNetns(node, name);
    }

    public String name() {
        return name;
    }

    /// CNI_NETNS: it exists inside the node only.
    public String path() {
        return "/run/netns/" + name;
    }

    /// Everything in the pod's network.
    public Snapshot snapshot() {
        return NetworkState.take(name, Witness.in(node.file(path()).toString()));
    }

    /// Runs a command inside the pod's network.
    public String run(String... command) {
        return node.run(inside(command));
    }

    public Witness.Said attempt(String... command) {
        return Witness.here().attempt(node.enter(List.of(inside(command))).toArray(String[]::new));
    }

    /// A command to be started inside the pod's network, as the process itself.
    public ProcessBuilder process(String... command) {
        return new ProcessBuilder(node.enter(List.of(inside(command))));
    }

    private String[] inside(String... command) {
        String[] line = new String[command.length + 4];
        line[0] = "ip";
        line[1] = "netns";
        line[2] = "exec";
        line[3] = name;
        System.arraycopy(command, 0, line, 4, command.length);
        return line;
    }

    @Override
    public void close() {
        node.run("ip", "netns", "delete", name);
    }
}
