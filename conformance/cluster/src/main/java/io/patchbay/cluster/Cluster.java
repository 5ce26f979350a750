package io.patchbay.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A real Kubernetes whose pods run: a control plane with a scheduler, and nodes with Patchbay. Of
/// the controllers it has none: pods are made one by one, and no service account is needed.
public final class Cluster implements AutoCloseable {
    private final Lan lan;
    private final ControlPlane plane;
    private final List<Node> nodes = new ArrayList<>();

    private Cluster(Lan lan, ControlPlane plane) {
        this.lan = lan;
        this.plane = plane;
    }

    /// Starts one and waits until all nodes are ready.
    ///
    /// @param installation the tree that `make dist` lays out
    public static Cluster start(Path installation, String... nodes) {
        return startWith("", installation, nodes);
    }

    /// @param settings more of each node's patchbay.yaml
    public static Cluster startWith(String settings, Path installation, String... nodes) {
        Cluster cluster = create(nodes);
        try {
            cluster.plane.defineNetworks();
            cluster.plane.apply(SourceTree.file("deploy/rbac.yaml"));
            cluster.plane.schedule();
            for (String name : nodes) {
                cluster.join(name, installation, settings);
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static Cluster create(String... nodes) {
        Lan lan = Lan.open();
        try {
            User[] users =
                    Stream.concat(
                                    Stream.of(ControlPlane.SCHEDULER),
                                    Stream.of(nodes).map(Node::user))
                            .toArray(User[]::new);
            return new Cluster(lan, ControlPlane.start(lan.place(), users));
        } catch (RuntimeException e) {
            lan.close();
            throw e;
        }
    }

    private void join(String name, Path installation, String settings) {
        nodes.add(Node.start(lan, plane, name, nodes.size() + 1, installation, settings));
    }

    public ControlPlane plane() {
        return plane;
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    Lan lan() {
        return lan;
    }

    @Override
    public void close() {
        nodes.reversed().forEach(Node::close);
        plane.close();
        lan.close();
    }
}
