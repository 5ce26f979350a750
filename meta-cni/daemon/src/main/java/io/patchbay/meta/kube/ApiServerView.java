package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.PodRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The cluster as its API server tells of it. Pods of this node, networks and namespaces are
/// watched, so that a look-up asks nobody; only what is not there is asked for, once, before it
/// counts as absent.
public final class ApiServerView implements ClusterView {
    /// A kubelet has a pod from the same server, some moments before.
    private static final Duration ON_ITS_WAY = Duration.ofMillis(100);

    private final ApiServer server;
    private final String node;
    private final Reflector<Pod> pods;
    private final Reflector<NetworkAttachmentDefinition> networks;
    private final Reflector<Namespace> namespaces;
    private final Reflector<Node> nodes;
    private final CustomReflectors customs;
    private final Kind<Pod> podKind;
    private final Kind<NetworkAttachmentDefinition> networkKind = Kind.networks();
    private final Kind<Namespace> namespaceKind = Kind.namespaces();
    private final StatusPatches statuses;
    private final StatusRestoration restoration;
    private final EventQueue events;

    private ApiServerView(ApiServerAddress address, InstantSource clock) {
        this.server = new ApiServer(address.server(), Login.of(address, clock));
        this.node = address.node();
        this.podKind = Kind.pods(node);
        this.pods = new Reflector<>(server, podKind);
        this.networks = new Reflector<>(server, networkKind);
        this.namespaces = new Reflector<>(server, namespaceKind);
        this.nodes = new Reflector<>(server, Kind.node(node));
        this.customs = new CustomReflectors(server);
        this.statuses = new StatusPatches(server, Kind.pods(), this::uid);
        this.restoration = new StatusRestoration(pods.mirror(), statuses);
        this.events = new EventQueue(server, node, clock);
    }

    /// Starts to watch, and waits for nothing: the server may need the network that this node
    /// gives.
    ///
    /// @param environment where the settings say nothing
    public static ApiServerView open(
            KubernetesSettings settings, Map<String, String> environment, InstantSource clock) {
        return open(settings.address(environment), clock);
    }

    static ApiServerView open(ApiServerAddress address, InstantSource clock) {
        ApiServerView view = new ApiServerView(address, clock);
        view.pods.start();
        view.networks.start();
        view.namespaces.start();
        view.nodes.start();
        view.statuses.start();
        view.events.start();
        return view;
    }

    @Override
    public String place() {
        return server.title();
    }

    @Override
    public void requireReady() {
        pods.requireComplete();
        networks.requireComplete();
        namespaces.requireComplete();
    }

    @Override
    public Optional<Pod> findPod(PodRef pod) {
        requireReady();
        return known(pod)
                // One of another uid may be the pod that is to come, or the one that was.
                .filter(known -> known.is(pod))
                .or(() -> get(podKind, "pod", pod.namespace(), pod.name()));
    }

    private Optional<Pod> known(PodRef pod) {
        try {
            return pods.mirror().await(pod.toString(), _ -> true, ON_ITS_WAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return pods.mirror().find(pod.toString());
        }
    }

    @Override
    public Optional<Pod> awaitPod(PodRef pod, Predicate<Pod> fits, Duration atMost)
            throws InterruptedException {
        return pods.mirror()
                .await(pod.toString(), known -> known.is(pod) && fits.test(known), atMost);
    }

    @Override
    public CniException unknownPod(String namespace, String name) {
        return new CniException(
                Standard.UNKNOWN_CONTAINER,
                "pod %s/%s is gone: it is not in %s".formatted(namespace, name, place()));
    }

    @Override
    public Optional<NetworkAttachmentDefinition> findNetwork(String namespace, String name) {
        requireReady();
        return networks.mirror()
                .find(namespace + "/" + name)
                .or(() -> get(networkKind, "NetworkAttachmentDefinition", namespace, name));
    }

    @Override
    public Optional<Namespace> findNamespace(String name) {
        requireReady();
        return namespaces.mirror().find(name).or(() -> get(namespaceKind, "namespace", "", name));
    }

    private <T> Optional<T> get(Kind<T> kind, String title, String namespace, String name) {
        String what = title + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
        try {
            JsonNode answer =
                    server.call(ApiServer.Call.get(kind.path(namespace, name), kind.acceptOne()));
            return Optional.of(kind.decoder().apply(JsonObject.read(what, answer)));
        } catch (ApiFailure e) {
            if (e.status() == ApiFailure.NOT_FOUND) {
                return Optional.empty();
            }
            throw new CniException(
                    Standard.TRY_AGAIN_LATER,
                    "%s is not known yet, and cannot be asked for: %s"
                            .formatted(what, e.sentence()),
                    e);
        }
    }

    @Override
    public Node node() {
        nodes.requireComplete();
        return nodes.mirror()
                .find(node)
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "node %s is not known, or not yet: it is not in %s"
                                        .formatted(node, place())));
    }

    @Override
    public WrittenObjects objects(CustomKind kind) {
        return new WatchedObjects(server, Kind.custom(kind), customs.get(kind));
    }

    @Override
    public void event(Optional<PodRef> pod, EventType type, String reason, String sentence) {
        events.tell(pod, type, reason, sentence);
    }

    @Override
    public List<NetworkAttachmentDefinition> networks() {
        requireReady();
        return networks.mirror().all();
    }

    @Override
    public void publishStatus(PodRef pod, String status) {
        statuses.publish(pod, status);
    }

    @Override
    public void withdrawStatus(PodRef pod) {
        statuses.withdraw(pod);
    }

    @Override
    public void restoreStatuses(List<PodRef> pods, Function<PodRef, Optional<String>> status) {
        restoration.start(pods, status);
    }

    /// A pod that a kubelet made of a file has one uid at the runtime and another in the cluster.
    private String uid(PodRef pod) {
        return pods.mirror()
                .find(pod.toString())
                .filter(known -> pod.uid().isEmpty() || known.isStatic())
                .map(known -> known.ref().uid())
                .orElse(pod.uid());
    }

    @Override
    public void close() {
        events.close();
        restoration.close();
        statuses.close();
        customs.close();
        nodes.close();
        namespaces.close();
        networks.close();
        pods.close();
        server.close();
    }
}
