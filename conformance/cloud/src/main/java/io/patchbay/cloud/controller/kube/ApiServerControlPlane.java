package io.patchbay.cloud.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.cloud.controller.ClusterState;
import io.patchbay.cloud.controller.CniNode;
import io.patchbay.cloud.controller.ControlPlane;
import io.patchbay.cloud.controller.EniConfig;
import io.patchbay.cloud.controller.Node;
import io.patchbay.cloud.controller.Pod;
import io.patchbay.cloud.controller.PodJson;
import io.patchbay.cloud.controller.SecurityGroupPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A cluster by its API server: pods, service accounts, nodes, and the kinds of the VPC.
public final class ApiServerControlPlane implements ControlPlane {
    private static final String ACTOR = "vpc-resource-controller";

    private final Api api;
    private final Object monitor = new Object();
    private final Watched<Pod> pods;
    private final Watched<Map<String, String>> accounts;
    private final Watched<Node> nodes;
    private final Watched<SecurityGroupPolicy> policies;
    private final Watched<CniNode> cniNodes;
    private final Watched<EniConfig> eniConfigs;

    private ApiServerControlPlane(ApiAddress address) {
        this.api = new Api(address);
        this.pods = watched("/api/v1/pods", PodJson::decode);
        this.accounts = watched("/api/v1/serviceaccounts", Objects::labels);
        this.nodes = watched("/api/v1/nodes", Objects::node);
        this.policies =
                watched(
                        "/apis/vpcresources.k8s.aws/v1beta1/securitygrouppolicies",
                        Objects::policy);
        this.cniNodes = watched("/apis/vpcresources.k8s.aws/v1alpha1/cninodes", Objects::cniNode);
        this.eniConfigs =
                watched("/apis/crd.k8s.amazonaws.com/v1alpha1/eniconfigs", Objects::eniConfig);
    }

    private <T> Watched<T> watched(String path, Function<JsonNode, T> decoder) {
        return new Watched<>(api, path, decoder, this::changed);
    }

    /// Waits until all that is watched is known: a controller that knew half of the pods would take
    /// the branches of the others for nobody's.
    public static ControlPlane open(ApiAddress address) throws InterruptedException {
        ApiServerControlPlane plane = new ApiServerControlPlane(address);
        for (Watched<?> kind : plane.watched()) {
            kind.await();
        }
        return plane;
    }

    private List<Watched<?>> watched() {
        return List.of(pods, accounts, nodes, policies, cniNodes, eniConfigs);
    }

    private void changed() {
        synchronized (monitor) {
            monitor.notifyAll();
        }
    }

    @Override
    public ClusterState now() {
        return new ClusterState(
                pods.objects(),
                policies.objects(),
                accounts.objects(),
                nodes.objects(),
                cniNodes.objects(),
                eniConfigs.objects());
    }

    @Override
    public void await(ClusterState seen, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (monitor) {
            long left = end - System.nanoTime();
            while (now().equals(seen) && left > 0) {
                monitor.wait(1 + left / 1_000_000);
                left = end - System.nanoTime();
            }
        }
    }

    @Override
    public void annotate(Pod pod, String branch) {
        ObjectNode patch = Api.JSON.createObjectNode();
        ObjectNode metadata = patch.putObject("metadata").put("uid", pod.uid());
        metadata.putObject("annotations").put(PodJson.POD_ENI, branch);
        String path = "/api/v1/namespaces/%s/pods/%s".formatted(pod.namespace(), pod.name());
        try {
            pods.put(api.send("PATCH", path, Api.MERGE_PATCH, patch));
        } catch (ApiRefusal e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    @Override
    public void capacity(String node, int branches) {
        ObjectNode patch = Api.JSON.createObjectNode();
        ObjectNode status = patch.putObject("status");
        String count = Integer.toString(branches);
        status.putObject("capacity").put(PodJson.POD_ENI, count);
        status.putObject("allocatable").put(PodJson.POD_ENI, count);
        nodes.put(
                api.send(
                        "PATCH",
                        "/api/v1/nodes/%s/status".formatted(node),
                        Api.MERGE_PATCH,
                        patch));
    }

    @Override
    public void event(Subject subject, EventType type, String reason, String sentence) {
        String namespace = subject.namespace().isEmpty() ? "default" : subject.namespace();
        ObjectNode event = Api.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("generateName", subject.name() + ".")
                .put("namespace", namespace);
        event.putObject("involvedObject")
                .put("apiVersion", "v1")
                .put("kind", subject.kind())
                .put("namespace", subject.namespace())
                .put("name", subject.name())
                .put("uid", subject.uid());
        String time = Instant.ofEpochSecond(Instant.now().getEpochSecond()).toString();
        event.put("type", type == EventType.NORMAL ? "Normal" : "Warning")
                .put("reason", reason)
                .put("message", sentence)
                .put("count", 1)
                .put("firstTimestamp", time)
                .put("lastTimestamp", time);
        event.putObject("source").put("component", ACTOR);
        api.send("POST", "/api/v1/namespaces/%s/events".formatted(namespace), Api.PLAIN, event);
    }

    @Override
    public void close() {
        watched().forEach(Watched::close);
        api.close();
    }
}
