package io.patchbay.e2e.userspace;

import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.Installation;
import io.patchbay.e2e.node.PodNetns;
import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A pod with a sandbox, and a volume that its containers mount as a container runtime does: a
/// process of it has a mount namespace of its own, and nothing of the node's below the mount path.
record Pod(String name, NodeNamespace node, Installation installation, PodNetns netns)
        implements AutoCloseable {
    static final String MOUNT_PATH = "/var/run/patchbay";

    static Pod create(NodeNamespace node, Installation installation, String name, String networks) {
        Pod pod = new Pod(name, node, installation, PodNetns.create(node, name));
        node.run("mkdir", "-p", pod.volume());
        installation.manifest(
                name,
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: core
                  uid: %s
                  annotations: {k8s.v1.cni.cncf.io/networks: '%s'}
                """
                        .formatted(name, pod.uid(), networks));
        return pod;
    }

    private String uid() {
        return "uid-of-" + name;
    }

    /// Where the kubelet would have made it.
    String volume() {
        return "/var/lib/kubelet/pods/%s/volumes/kubernetes.io~empty-dir/sockets".formatted(uid());
    }

    Path status() {
        return installation.manifests().resolve("status/core.%s.yaml".formatted(name));
    }

    Answer call(String command) {
        return installation.call(
                Call.of(command, name, netns.path())
                        .with(
                                "CNI_ARGS",
                                "IgnoreUnknown=1;K8S_POD_NAMESPACE=core;K8S_POD_NAME=%s;K8S_POD_UID=%s"
                                        .formatted(name, uid())));
    }

    /// A command line that runs in the pod.
    List<String> enter(List<String> command) {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "ip",
                                "netns",
                                "exec",
                                name,
                                "unshare",
                                "--mount",
                                "--propagation",
                                "private",
                                "sh",
                                "-ec",
                                "mkdir -p %1$s; mount --rbind %2$s %1$s; exec \"$@\""
                                        .formatted(MOUNT_PATH, volume()),
                                "pod"));
        line.addAll(command);
        return node.enter(line);
    }

    String run(String... command) {
        return Witness.here().run(enter(List.of(command)).toArray(String[]::new)).strip();
    }

    @Override
    public void close() {
        netns.close();
    }
}
