package io.patchbay.e2e.userspace;

import io.patchbay.e2e.node.Installation;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A node with networks of sockets, and no daemon yet.
record WireNode(NodeNamespace node, Installation installation) implements AutoCloseable {
    /// Where the daemon has the wires of each type.
    static final String WIRES = "/run/patchbay";

    static WireNode create(Path work) {
        NodeNamespace node = NodeNamespace.create();
        Installation installation = new Installation(node, work);
        installation.configure(
                """
                manifests: %s
                cniConfigDirectory: %s
                defaultNetwork: {"cniVersion": "1.1.0", "name": "primary", "type": "bridge", "bridge": "primary",
                  "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.40.0.0/24"}]]}}
                """
                        .formatted(installation.manifests(), work.resolve("net.d")));
        node.run("mkdir", "-p", WIRES);
        // The node's own, for of a bridge that Patchbay makes it keeps a note.
        node.run("ip", "link", "add", "primary", "type", "bridge");
        return new WireNode(node, installation);
    }

    /// A network whose pods are on one wire, which they have in their volume.
    void network(String name, String keys) {
        network(name, keys, "\"wire\": \"patch\", \"volume\": \"sockets\"");
    }

    void network(String name, String keys, String place) {
        installation.network(name, "{\"cniVersion\": \"1.1.0\", %s, %s}".formatted(keys, place));
    }

    Pod pod(String name, String networks) {
        return Pod.create(node, installation, name, networks);
    }

    /// What an attachment can leave behind: directories, mounts, and the daemon's state.
    Snapshot snapshot() {
        List<String> wires =
                node.run("sh", "-c", "find /run/patchbay -mindepth 2; find /var/lib/kubelet/pods")
                        .lines()
                        .sorted()
                        .toList();
        List<String> mounts = node.run("cat", "/proc/self/mountinfo").lines().toList();
        return new Snapshot(Map.of("directories", wires, "mounts", mounts))
                .plus(FileState.take("state", installation.state()));
    }

    @Override
    public void close() {
        node.close();
    }
}
