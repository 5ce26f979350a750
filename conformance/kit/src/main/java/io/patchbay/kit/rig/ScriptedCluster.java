package io.patchbay.kit.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.Background;
import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.ClusterPort;
import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.PodRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A cluster that is as a test says, from one call to the next, and remembers what it is told. It
/// outlives the delegates that see it. Safe from any thread.
public final class ScriptedCluster implements ClusterPort {
    private final Map<String, ScriptedPod> pods = new HashMap<>();
    private final Map<CustomKind, Map<String, JsonNode>> objects = new HashMap<>();
    private final Map<CustomKind, String> troubles = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final Changes changes = new Changes();
    private Optional<String> nodeName = Optional.empty();
    private Function<PodRef, Optional<ScriptedPod>> others = _ -> Optional.empty();
    private Map<String, String> nodeLabels = Map.of();
    private Map<String, String> nodeAnnotations = Map.of();

    @Override
    public Cluster of(Background background) {
        return new ScriptedView(this, background);
    }

    /// Has a pod there, in the place of an earlier one of that name.
    public void pod(ScriptedPod pod) {
        change(() -> pods.put(pod.ref().toString(), pod));
    }

    /// Has every pod there that anybody asks for, as it is made when it is asked for first.
    public synchronized void everyPod(Function<PodRef, ScriptedPod> made) {
        others = ref -> Optional.of(made.apply(ref));
    }

    /// Writes an annotation to a pod, which is made where it is not there.
    public void annotate(PodRef ref, String key, String value) {
        change(() -> pods.put(ref.toString(), get(ref).annotated(key, value)));
    }

    /// Limits what a pod may have of a resource, and makes it where it is not there.
    public void limit(PodRef ref, String resource, long limit) {
        change(() -> pods.put(ref.toString(), get(ref).limited(resource, limit)));
    }

    private ScriptedPod get(PodRef ref) {
        return find(ref).orElseGet(() -> new ScriptedPod(ref));
    }

    public void removePod(PodRef ref) {
        change(() -> pods.remove(ref.toString()));
    }

    public void nodeName(String name) {
        change(() -> nodeName = Optional.of(name));
    }

    public void nodeLabels(Map<String, String> labels) {
        change(() -> nodeLabels = Map.copyOf(labels));
    }

    public void nodeAnnotations(Map<String, String> annotations) {
        change(() -> nodeAnnotations = Map.copyOf(annotations));
    }

    /// Has a custom object there, in the place of one of that name.
    ///
    /// @param name with `namespace/` in front where the kind is namespaced
    /// @param spec JSON, whether it fits or not
    public void object(CustomKind kind, String name, String spec) {
        JsonNode read = Json.decode(kind.kind() + " " + name, spec);
        change(() -> objects.computeIfAbsent(kind, _ -> new HashMap<>()).put(name, read));
    }

    public void removeObject(CustomKind kind, String name) {
        change(() -> objects.getOrDefault(kind, Map.of()).remove(name));
    }

    /// Why there is no news of a kind; empty where there is again.
    public synchronized void trouble(CustomKind kind, String sentence) {
        troubles.put(kind, sentence);
    }

    /// The events and conditions that it was told, each as `REASON: SENTENCE`.
    public synchronized List<String> told() {
        return List.copyOf(told);
    }

    synchronized void tell(String reason, String sentence) {
        told.add(reason + ": " + sentence);
    }

    private void change(Runnable action) {
        synchronized (this) {
            action.run();
        }
        changes.tell();
    }

    Changes changes() {
        return changes;
    }

    /// The very pod; an earlier one of its name is not.
    synchronized Optional<ScriptedPod> find(PodRef ref) {
        String name = ref.toString();
        if (!pods.containsKey(name)) {
            others.apply(ref).ifPresent(pod -> pods.put(name, pod));
        }
        return Optional.ofNullable(pods.get(name)).filter(pod -> pod.is(ref));
    }

    synchronized Optional<String> nodeName() {
        return nodeName;
    }

    synchronized Map<String, String> nodeLabels() {
        return nodeLabels;
    }

    synchronized Map<String, String> nodeAnnotations() {
        return nodeAnnotations;
    }

    WrittenObjects objects(CustomKind kind) {
        return new ScriptedObjects(this, kind);
    }

    synchronized Optional<JsonNode> find(CustomKind kind, String name) {
        return Optional.ofNullable(objects.getOrDefault(kind, Map.of()).get(name));
    }

    synchronized Optional<String> trouble(CustomKind kind) {
        return Optional.ofNullable(troubles.get(kind)).filter(sentence -> !sentence.isEmpty());
    }
}
