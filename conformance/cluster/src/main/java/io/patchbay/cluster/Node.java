package io.patchbay.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A node whose pods run: Patchbay, containerd and the kubelet, in namespaces and cgroups of their
/// own. Several fit on one machine. Its places are the usual ones, as seen from inside.
public final class Node implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PAUSE = 20_000_000;

    private final String name;
    private final Machine machine;
    private final Scratch directory;
    private final Kubelet kubelet;

    /// The kubelet is the last.
    private final List<ServerProcess> servers = new ArrayList<>();

    private Node(String name, int number) {
        this.name = name;
        this.directory = Scratch.create();
        this.machine = Machine.boot(name);
        this.kubelet = new Kubelet(machine, directory, name, Lan.address(number));
    }

    /// As whom the kubelet of a node of that name speaks to the API server.
    static User user(String name) {
        return User.of("system:node:" + name, "system:nodes");
    }

    /// Starts one and waits until the API server says that it is ready.
    ///
    /// @param number of the node on its wire, from 1
    /// @param settings more of its patchbay.yaml
    static Node start(
            Lan lan,
            ControlPlane plane,
            String name,
            int number,
            Path installation,
            String settings) {
        Node node = new Node(name, number);
        try {
            lan.connect(node.machine, number);
            Daemon daemon = new Daemon(node.machine, node.directory, installation, settings);
            node.servers.add(daemon.start(plane, name, number));
            node.startServers(plane);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /// In the order in which each needs the one before: the kubelet asks containerd at once, which
    /// asks the plugin.
    private void startServers(ControlPlane plane) {
        Containerd containerd = Containerd.of(machine, directory);
        servers.add(containerd.start());
        await("containerd to answer", containerd::answers);
        containerd.importImage();
        servers.add(kubelet.start(plane.kubeconfig(plane.url(), user(name).name())));
        String node = "node/" + name;
        await("the kubelet to register", () -> waitFor(plane, "create", node));
        await("it to be ready", () -> waitFor(plane, "condition=Ready", node));
    }

    /// The API server tells when it is so; now and then it is looked whether the servers live.
    private static boolean waitFor(ControlPlane plane, String state, String object) {
        return plane.as(User.ADMIN.name())
                        .attempt("wait", "--for=" + state, "--timeout=5s", object)
                        .status()
                == 0;
    }

    private void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!happened.getAsBoolean()) {
            for (ServerProcess server : servers) {
                if (!server.isAlive()) {
                    throw server.failure("ended while node %s waited for %s".formatted(name, what));
                }
            }
            if (System.nanoTime() > end) {
                throw servers.getLast()
                        .failure(
                                "runs, but node %s has waited for %s for %s"
                                        .formatted(name, what, LIMIT));
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    /// Kills the kubelet, and starts it with all that it remembers.
    public void restartKubelet(ControlPlane plane) {
        servers.removeLast().kill();
        servers.add(kubelet.start(plane.kubeconfig(plane.url(), user(name).name())));
    }

    public String name() {
        return name;
    }

    /// What the servers write, their logs among it.
    public Path directory() {
        return directory.root();
    }

    /// Its network namespace, as a path.
    public String netns() {
        return "/proc/%d/ns/net".formatted(machine.pid());
    }

    /// A file of the node, as seen from outside.
    public Path file(String path) {
        return machine.file(path);
    }

    /// Runs a command on the node, and returns what it prints.
    public String run(String... command) {
        return machine.run(command);
    }

    /// A command line that runs on the node.
    public List<String> enter(List<String> command) {
        return machine.enter(command);
    }

    /// Its cgroups, from the top of each tree.
    public String cgroup() {
        return machine.cgroup();
    }

    /// Ends what was started last first, then the pods.
    @Override
    public void close() {
        servers.reversed().forEach(ServerProcess::kill);
        machine.close();
        directory.delete();
    }
}
