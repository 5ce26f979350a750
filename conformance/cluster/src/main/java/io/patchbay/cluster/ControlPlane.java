package io.patchbay.cluster;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/// A real Kubernetes control plane: etcd and kube-apiserver, without controllers, and without a
/// scheduler unless one is started. What a test puts into it stays as the test put it. Its data is
/// in memory, and gone when it is closed.
public final class ControlPlane implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ControlPlane.class.getName());

    /// Whom the roles that every API server has allow to bind pods to nodes.
    static final User SCHEDULER = User.of("system:kube-scheduler");

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PAUSE = 50_000_000;
    private static final String NETWORKS = "network-attachment-definitions.k8s.cni.cncf.io";

    private final Scratch directory;
    private final Credentials credentials;
    private final Servers servers;
    private final ServerProcess etcd;
    private final Kubectl admin;
    private final List<ServerProcess> schedulers = new ArrayList<>();
    private ServerProcess apiServer;

    private ControlPlane(Scratch directory, Place place, List<User> users) {
        this.directory = directory;
        this.credentials = Credentials.create(directory, users);
        this.servers = Servers.choose(place, Programs.kubernetes(), directory, credentials);
        this.admin = bearing(credentials.token(User.ADMIN.name()));
        this.etcd = servers.startEtcd();
        this.apiServer = servers.startApiServer();
    }

    /// Starts one and waits until it answers; where it does not, it is an IllegalStateException
    /// with the end of the server's log.
    public static ControlPlane start(Place place, User... users) {
        List<User> all = new ArrayList<>(List.of(User.ADMIN));
        all.addAll(List.of(users));
        long begin = System.nanoTime();
        ControlPlane plane = new ControlPlane(Scratch.create(), place, all);
        try {
            plane.awaitReady();
            LOG.log(Level.INFO, "ready after {0} ms", (System.nanoTime() - begin) / 1_000_000);
            return plane;
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
    }

    /// Whoever asks before the namespace `default` is there would be refused by it.
    private void awaitReady() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!(answers("/readyz") && answers("/api/v1/namespaces/default"))) {
            for (ServerProcess server : List.of(etcd, apiServer)) {
                if (!server.isAlive()) {
                    throw server.failure("ended before it was ready");
                }
            }
            if (System.nanoTime() > end) {
                throw apiServer.failure("was not ready within " + LIMIT);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private boolean answers(String path) {
        return admin.attempt("get", "--raw", path).status() == 0;
    }

    /// Where the API server listens, in its place.
    public String url() {
        return servers.url();
    }

    int port() {
        return servers.securePort();
    }

    /// TLS as the API server itself speaks it, and as its clients do.
    SSLSocketFactory serverTls() {
        return ServerTls.of(credentials.certificates());
    }

    /// The file of certificates by which a client knows the API server.
    public Path certificateAuthority() {
        return credentials.certificateAuthority();
    }

    /// The token of a user who was named at the start, or of the admin.
    public String token(String user) {
        return credentials.token(user);
    }

    /// The token of a service account that exists, as a pod of it would have. It is signed with the
    /// server's own key and may have any life, even one that is over. The server grants a minute
    /// beyond it, and remembers for ten seconds whom it has let in.
    public String serviceAccountToken(String namespace, String name, Duration life) {
        String uid = kubectl("get", "sa", name, "-n", namespace, "-o", "jsonpath={.metadata.uid}");
        return credentials.key().token(Servers.ISSUER, namespace, name, uid, life);
    }

    /// kubectl for a user who was named at the start.
    public Kubectl as(String user) {
        return bearing(token(user));
    }

    /// kubectl for whoever the token stands for.
    public Kubectl bearing(String token) {
        return servers.kubectl(credentials.kubeconfig(url(), token));
    }

    /// What kubectl prints for the admin.
    public String kubectl(String... arguments) {
        return admin.run(arguments);
    }

    /// Creates or changes the objects of a manifest, YAML or JSON.
    public void apply(String manifest) {
        withFile(manifest, this::apply);
    }

    public void apply(Path manifest) {
        kubectl("apply", "-f", manifest.toString());
    }

    /// Creates objects that are not there yet, some hundreds a second.
    public void create(List<String> objects) {
        withFile(Manifests.list(objects), file -> kubectl("create", "-f", file.toString()));
    }

    /// Deletes the pods and networks of a namespace in one request each. Nobody else would: without
    /// controllers a namespace keeps what is in it, and without a kubelet no pod is let go.
    public void empty(String namespace) {
        String pods = "/api/v1/namespaces/%s/pods?gracePeriodSeconds=0";
        String networks = "/apis/k8s.cni.cncf.io/v1/namespaces/%s/network-attachment-definitions";
        kubectl("delete", "--raw", pods.formatted(namespace));
        kubectl("delete", "--raw", networks.formatted(namespace));
    }

    private void withFile(String text, Consumer<Path> action) {
        Path file = directory.writeAnew(text);
        try {
            action.accept(file);
        } finally {
            file.toFile().delete();
        }
    }

    /// Teaches the API server what a NetworkAttachmentDefinition is.
    public void defineNetworks() {
        apply(SourceTree.file("deploy/network-attachment-definition.yaml"));
        kubectl("wait", "--for=condition=established", "--timeout=300s", "crd", NETWORKS);
    }

    /// Starts the scheduler, who is among the users. It takes up its work when it has read the
    /// cluster.
    void schedule() {
        schedulers.add(servers.startScheduler(kubeconfig(url(), SCHEDULER.name())));
    }

    /// A file that lets a client be a user who was named at the start.
    ///
    /// @param url where that client finds the API server
    public Path kubeconfig(String url, String user) {
        return credentials.kubeconfig(url, token(user));
    }

    /// What the servers write, their logs among it.
    public Path directory() {
        return directory.root();
    }

    /// Ends the API server at once, by SIGKILL. What it held is in etcd.
    public void kill() {
        apiServer.kill();
    }

    /// Starts the API server again, on the same port and data, and waits until it answers.
    public void restart() {
        apiServer.kill();
        apiServer = servers.startApiServer();
        awaitReady();
    }

    @Override
    public void close() {
        schedulers.forEach(ServerProcess::kill);
        apiServer.kill();
        etcd.kill();
        directory.delete();
    }
}
