package io.patchbay.spi.pod;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What a delegate may know of the cluster, and tell it. Answers come from what is watched, and
/// nothing waits but what says so; only a pod that the watch has not brought yet is asked for,
/// once. What cannot be told for now is a CniException of code 11.
///
/// A pod is the very one that is named: where the uid is known, an object of an earlier or later
/// pod of the same name, as StatefulSets make them, is not taken for it. One that is gone has
/// nothing.
public interface Cluster {
    Optional<String> annotation(PodRef pod, String key);

    Map<String, String> podLabels(PodRef pod);

    /// What a pod's containers may have of a resource, such as `vpc.amazonaws.com/pod-eni`: the
    /// limits of all that run at the same time added up, or that of an init container where it is
    /// larger, rounded up to whole ones; 0 where none has a limit. Source: kubernetes.io, "Sidecar
    /// Containers", resource sharing within containers.
    long limit(PodRef pod, String resource);

    /// Waits until a pod has an annotation that fits, as its watch tells; one that fits already is
    /// returned at once, and so is one that somebody writes while the watch is broken, as soon as
    /// it is mended. The only thing here that waits.
    ///
    /// @param fits called on this thread
    /// @return empty when the deadline has passed
    Optional<String> awaitAnnotation(
            PodRef pod, String key, Predicate<String> fits, Instant deadline)
            throws InterruptedException;

    /// The name of this node; empty where it is in no cluster.
    Optional<String> nodeName();

    /// The labels of this node; none where it is in no cluster.
    Map<String, String> nodeLabels();

    /// The annotations of this node; none where it is in no cluster.
    Map<String, String> nodeAnnotations();

    /// Custom objects, watched from the first call on.
    ///
    /// @param spec what their `spec` is bound to: its components are the keys, and its constructor
    ///   validates. Others are left out, for somebody else's kind may grow.
    <S extends Record> CustomObjects<S> objects(CustomKind kind, Class<S> spec);

    /// Tells people what happened to a pod, or to the node where no pod is named.
    ///
    /// @param reason one word in CamelCase
    void event(Optional<PodRef> pod, String reason, String sentence);

    /// Tells a condition of the node.
    void condition(String type, boolean status, String reason, String sentence);
}
