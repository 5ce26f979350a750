package io.patchbay.suite.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.Outcome;
import io.patchbay.suite.plugin.PluginCall;
import io.patchbay.suite.plugin.Recorder;
import io.patchbay.suite.plugin.Scratch;
import io.patchbay.suite.row.Inapplicable;
import io.patchbay.suite.row.Unmet;
import io.patchbay.suite.row.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// What the check of one row has for itself: pods and networks of its own in the cluster, and
/// plugins of the suite's own for them, which make links and keep what they are called with. The
/// default network is `suite-default` where the meta plugin's configuration says so.
public final class NetworkTrial implements World {
    static final String DEFAULT = "suite-default";
    private static final String CANARY = "canary";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long PAUSE = 50_000_000;

    private final MetaPlugin subject;
    private final Scratch scratch = Scratch.create();
    private final String prefix = "r" + UUID.randomUUID().toString().substring(0, 6) + "-";
    private final List<ObjectNode> objects = new ArrayList<>();
    private final List<NetworkPod> pods = new ArrayList<>();
    private final Map<String, RecordedLink> recorders = new TreeMap<>();

    private NetworkTrial(MetaPlugin subject) {
        this.subject = subject;
    }

    public static NetworkTrial open(MetaPlugin subject) {
        NetworkTrial trial = new NetworkTrial(subject);
        trial.recorder(DEFAULT).withDefaultRoute();
        return trial;
    }

    MetaPlugin subject() {
        return subject;
    }

    /// A plugin of that type, which makes a link with an address 10.99.N.2/24 of its own.
    RecordedLink recorder(String type) {
        return recorders.computeIfAbsent(
                type, name -> RecordedLink.install(scratch.directory(), name, recorders.size()));
    }

    /// A network's name, which no other row has.
    String name(String name) {
        return prefix + name;
    }

    /// A network of a recorder's, in the pods' namespace.
    ///
    /// @param keys further keys of its configuration, each with a comma behind it
    RecordedLink network(String name, String keys) {
        return network(subject.cluster().namespace(), name, keys);
    }

    RecordedLink network(String namespace, String name, String keys) {
        RecordedLink plugin = recorder("suite-" + name);
        define(
                namespace,
                name,
                "{\"cniVersion\": \"1.0.0\", %s \"name\": \"%s\", \"type\": \"%s\"}"
                        .formatted(keys, name(name), plugin.type()));
        return plugin;
    }

    void define(String namespace, String name, String config) {
        objects.add(Objects.network(namespace, name(name), config));
    }

    /// A pod with a selection, which is in the cluster after {@link #publish}.
    NetworkPod pod(String networks) {
        return pod(Map.of(Objects.NETWORKS, networks));
    }

    NetworkPod pod(Map<String, String> annotations) {
        NetworkPod pod = NetworkPod.create(name("pod%d".formatted(pods.size())));
        pods.add(pod);
        objects.add(
                Objects.pod(
                        subject.cluster().namespace(), pod.name(), subject.node(), annotations));
        return pod;
    }

    /// Puts everything into the cluster, and waits until the meta plugin knows it: what is behind
    /// everything else is a pod with a network, which is attached.
    void publish() {
        network(CANARY, "");
        NetworkPod canary = pod(name(CANARY));
        subject.cluster().create(objects);
        objects.clear();
        long end = System.nanoTime() + (subject.deaf().get() ? 0 : LIMIT.toNanos());
        Outcome outcome = add(canary);
        while (!outcome.isSuccess() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE);
            outcome = add(canary);
        }
        subject.deaf().set(!outcome.isSuccess());
        outcome.result();
        del(canary).succeeds();
    }

    Outcome add(NetworkPod pod) {
        return call("ADD", pod);
    }

    Outcome del(NetworkPod pod) {
        return call("DEL", pod);
    }

    Outcome call(String command, NetworkPod pod) {
        return subject.plugin().call(callOf(command, pod), line -> line);
    }

    Outcome call(PluginCall call) {
        return subject.plugin().call(call, line -> line);
    }

    PluginCall callOf(String command, NetworkPod pod) {
        String args =
                "IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s;K8S_POD_INFRA_CONTAINER_ID=%s"
                        .formatted(subject.cluster().namespace(), pod.name(), pod.containerId());
        String uid = subject.cluster().uid(pod.name());
        return PluginCall.of(command, subject.config())
                .with(PluginCall.CONTAINER, pod.containerId())
                .with(PluginCall.NETNS, pod.netns())
                .with(PluginCall.IFNAME, "eth0")
                .with(PluginCall.PATH, scratch.directory().resolve("bin") + ":" + subject.cniPath())
                .with(PluginCall.ARGS, uid.isEmpty() ? args : args + ";K8S_POD_UID=" + uid);
    }

    JsonNode status(NetworkPod pod) {
        return subject.cluster().status(pod.name());
    }

    /// All calls of the suite's plugins for a pod.
    List<Recorder.Call> calls(String command, NetworkPod pod) {
        return recorder(DEFAULT).recorder().allCalls().stream()
                .filter(call -> call.command().equals(command))
                .filter(call ->
                        pod.containerId().equals(call.environment().get(PluginCall.CONTAINER)))
                .toList();
    }

    /// Demands a pod without any link, and each ADD of the suite's plugins undone.
    void nothingIsLeft(NetworkPod pod) {
        Unmet.unless(pod.links().isEmpty(), "the pod has the links %s left".formatted(pod.links()));
        for (Recorder.Call add : calls("ADD", pod)) {
            boolean undone =
                    calls("DEL", pod).stream()
                            .anyMatch(del ->
                                    del.type().equals(add.type())
                                            && del.ifName().equals(add.ifName()));
            Unmet.unless(
                    undone, "%s got an ADD of %s and no DEL".formatted(add.type(), add.ifName()));
        }
    }

    /// Goes on only where the default network is the suite's.
    void requireOwnDefault(NetworkPod pod) {
        Inapplicable.unless(
                calls("ADD", pod).stream().anyMatch(call -> call.type().equals(DEFAULT)),
                "the default network is not of type %s, so what it gets cannot be seen"
                        .formatted(DEFAULT));
    }

    @Override
    public void close() {
        try (scratch) {
            for (NetworkPod pod : pods) {
                del(pod);
                pod.close();
            }
        }
    }
}
