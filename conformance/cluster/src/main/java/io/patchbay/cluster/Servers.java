package io.patchbay.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// The command lines of the servers, which stay the same over restarts.
///
/// @param directory all that the servers write
record Servers(
        Place place,
        Programs programs,
        Scratch directory,
        Credentials credentials,
        int etcdPort,
        int peerPort,
        int securePort) {
    static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    static Servers choose(
            Place place, Programs programs, Scratch directory, Credentials credentials) {
        List<Integer> ports = freePorts(3);
        return new Servers(
                place,
                programs,
                directory,
                credentials,
                ports.getFirst(),
                ports.get(1),
                ports.getLast());
    }

    /// Below those that the kernel gives to outgoing connections. In a namespace of its own any
    /// port is free; beside this JVM it is one that nobody listens on now.
    private static List<Integer> freePorts(int count) {
        return ThreadLocalRandom.current()
                .ints(20_000, 32_000)
                .distinct()
                .filter(Servers::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "https://%s:%d".formatted(place.address(), securePort);
    }

    private String etcdUrl() {
        return "http://%s:%d".formatted(place.address(), etcdPort);
    }

    ServerProcess startEtcd() {
        String peers = "http://%s:%d".formatted(place.address(), peerPort);
        return start(
                "etcd",
                List.of(
                        programs.path("etcd"),
                        "--data-dir=" + directory.file("etcd"),
                        "--listen-client-urls=" + etcdUrl(),
                        "--advertise-client-urls=" + etcdUrl(),
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers,
                        "--log-level=warn"));
    }

    /// Without the admission of service accounts, a pod needs none, nor a controller that makes
    /// them; a new node has no taint that only a controller would take away; without the endpoint
    /// reconciler, the loopback may be its address.
    ServerProcess startApiServer() {
        return start(
                "kube-apiserver",
                List.of(
                        programs.path("kube-apiserver"),
                        "--etcd-servers=" + etcdUrl(),
                        "--bind-address=" + place.address(),
                        "--advertise-address=" + place.address(),
                        "--secure-port=" + securePort,
                        "--cert-dir=" + credentials.certificates(),
                        "--token-auth-file=" + credentials.tokenFile(),
                        "--allow-privileged=true",
                        "--anonymous-auth=false",
                        "--authorization-mode=Node,RBAC",
                        "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition",
                        "--service-account-issuer=" + ISSUER,
                        "--service-account-key-file=" + credentials.verificationKeyFile(),
                        "--service-account-signing-key-file=" + credentials.signingKeyFile(),
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--kubelet-preferred-address-types=InternalIP",
                        "--endpoint-reconciler-type=none"));
    }

    /// @param kubeconfig bears its own token
    ServerProcess startScheduler(Path kubeconfig) {
        return start(
                "kube-scheduler",
                List.of(
                        Programs.kubernetes("kube-scheduler").path("kube-scheduler"),
                        "--kubeconfig=" + kubeconfig,
                        "--leader-elect=false",
                        // Nobody asks it anything.
                        "--secure-port=0"));
    }

    Kubectl kubectl(Path kubeconfig) {
        return new Kubectl(place, Path.of(programs.path("kubectl")), kubeconfig);
    }

    private ServerProcess start(String name, List<String> command) {
        Path log = directory.file(name + ".log");
        return ServerProcess.start(name, place.enter().apply(command), log);
    }
}
