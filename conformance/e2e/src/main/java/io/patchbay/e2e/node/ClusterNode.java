package io.patchbay.e2e.node;

import io.patchbay.cluster.ControlPlane;
import io.patchbay.cluster.Manifests;
import io.patchbay.cluster.Place;
import io.patchbay.kit.rig.NodeNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/// A node of a real cluster: a control plane on its loopback, which knows the daemon by the roles
/// of deploy/rbac.yaml, and pods without a kubelet. The daemon runs from the installed tree.
public final class ClusterNode implements AutoCloseable {
    public static final String NAME = "worker";
    public static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";
    private static final String STATUS = "k8s\\.v1\\.cni\\.cncf\\.io/network-status";
    private static final String CORE = "core";

    private final NodeNamespace node = NodeNamespace.create();
    private final ControlPlane plane;

    private ClusterNode() {
        try {
            plane = ControlPlane.start(Place.inside(node::enter));
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    public static ClusterNode create() {
        ClusterNode cluster = new ClusterNode();
        try {
            cluster.plane.defineNetworks();
            cluster.plane.apply(Checkout.root().resolve("deploy/rbac.yaml"));
            cluster.plane.apply(Manifests.namespace(CORE));
            cluster.plane.apply(Manifests.node(NAME, Map.of("zone", "one")));
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public ControlPlane plane() {
        return plane;
    }

    public NodeNamespace namespace() {
        return node;
    }

    public PodNetns netns(String name) {
        return PodNetns.create(node, name);
    }

    /// Puts a pod of namespace `core` on this node, and returns its uid.
    public String pod(String name, String networks) {
        plane.apply(Manifests.pod(CORE, name, NAME, Map.of(NETWORKS, networks)));
        return uid(name);
    }

    public String uid(String pod) {
        return plane.kubectl("get", "pod", pod, "-n", CORE, "-o", "jsonpath={.metadata.uid}");
    }

    public void annotate(String pod, String key, String value) {
        plane.kubectl("annotate", "pod", pod, "-n", CORE, "--overwrite", key + "=" + value);
    }

    /// At once, as nobody runs it.
    public void delete(String pod) {
        plane.kubectl("delete", "pod", pod, "-n", CORE, "--grace-period=0", "--force");
    }

    /// A bridge of that name, which is a network of namespace `core`.
    public void network(String name, String subnet) {
        plane.apply(Manifests.network(CORE, name, bridge(name, subnet)));
    }

    private static String bridge(String name, String subnet) {
        return """
        {"cniVersion": "1.1.0", "name": "%1$s", "type": "bridge", "bridge": "%1$s",
         "ipam": {"type": "host-local", "ranges": [[{"subnet": "%2$s"}]]}}\
        """
                .formatted(name, subnet);
    }

    /// What the pod is told in its annotation; empty for nothing.
    public String status(String pod) {
        return plane.kubectl(
                "get",
                "pod",
                pod,
                "-n",
                CORE,
                "-o",
                "jsonpath={.metadata.annotations.%s}".formatted(STATUS));
    }

    /// The events of a pod, each as `type reason note`.
    public String events(String pod) {
        return plane.kubectl(
                "get",
                "events.events.k8s.io",
                "-n",
                CORE,
                "-o",
                "jsonpath={range .items[?(@.regarding.name==\"%s\")]}{.type} {.reason} {.note}{\"\\n\"}{end}"
                        .formatted(pod));
    }

    public String token(Duration life) {
        return plane.serviceAccountToken("kube-system", "patchbay", life);
    }

    /// A daemon of this node with its places below a directory of its own.
    public Seat seat(Path work) {
        return seat(work, plane.url());
    }

    /// @param url where the daemon looks for the API server
    public Seat seat(Path work, String url) {
        return seat(work, url, bridge("primary", "10.40.0.0/16"));
    }

    /// @param primary the default network, a CNI configuration
    public Seat seat(Path work, String url, String primary) {
        return seat(work, url, primary, "");
    }

    /// @param more lines of patchbay.yaml
    public Seat seat(Path work, String url, String primary, String more) {
        Seat seat = new Seat(this, new Installation(node, work));
        seat.renewToken(Duration.ofHours(1));
        seat.write(url, primary, more);
        return seat;
    }

    /// Where one daemon works.
    public record Seat(ClusterNode cluster, Installation installation) {
        /// As the kubelet replaces a projected token.
        public void renewToken(Duration life) {
            try {
                Path next = installation.write("next", cluster.token(life));
                Files.move(next, token(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path token() {
            return installation.work().resolve("token");
        }

        private void write(String url, String primary, String more) {
            installation.configure(
                    """
                    kubernetes:
                      server: %s
                      certificateAuthority: %s
                      token: %s
                      node: %s
                    cniConfigDirectory: %s
                    defaultNetwork: %s
                    """
                                    .formatted(
                                            url,
                                            cluster.plane.certificateAuthority(),
                                            token(),
                                            NAME,
                                            configurations(),
                                            primary.replace('\n', ' '))
                            + more);
        }

        public Path configurations() {
            return installation.work().resolve("net.d");
        }

        /// Starts it and waits until it takes requests; what it knows by then is another matter.
        public DaemonProcess start() {
            return installation.start();
        }

        public Answer call(Call call) {
            return installation.call(call);
        }

        /// A call about a pod of namespace `core`, as a kubelet's runtime makes it.
        public Answer call(String command, PodNetns netns, String pod, String uid) {
            return call(
                    Call.of(command, netns.name(), netns.path())
                            .with(
                                    "CNI_ARGS",
                                    "IgnoreUnknown=1;K8S_POD_NAMESPACE=core;K8S_POD_NAME=%s;K8S_POD_UID=%s"
                                            .formatted(pod, uid)));
        }
    }

    @Override
    public void close() {
        plane.close();
        node.close();
    }
}
