package io.patchbay.meta.kube;

import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.PodRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The cluster as the daemon needs it: a port with two sides, the API server and a directory of
/// manifests. Safe from any thread.
public interface ClusterView extends AutoCloseable {
    /// Where it looks, for refusals: `the manifests in /etc/patchbay/manifests`.
    String place();

    /// Refuses with 11 for as long as it has not seen the cluster whole.
    void requireReady();

    /// As fresh as it has to be: a pod that was written before the call is found. Where that cannot
    /// be told, for the API server is away, it is a CniException of code 11.
    ///
    /// @param pod may be found with another uid than this one's, but not before it was looked again
    Optional<Pod> findPod(PodRef pod);

    /// What it means that {@link #findPod} finds none: 3 where the pod is known to be gone, 11
    /// where it may yet come.
    CniException unknownPod(String namespace, String name);

    /// As fresh as {@link #findPod}, and refused as that is.
    Optional<NetworkAttachmentDefinition> findNetwork(String namespace, String name);

    Optional<Namespace> findNamespace(String name);

    /// Waits for a pod that fits, and asks nobody; empty when the time has passed.
    ///
    /// @param fits called on this thread, with the very pod
    Optional<Pod> awaitPod(PodRef pod, Predicate<Pod> fits, Duration atMost)
            throws InterruptedException;

    /// This node; refused with 11 while it is not known. Where it is in no cluster it has nothing.
    Node node();

    /// The custom objects of a kind, looked after from the first call on.
    WrittenObjects objects(CustomKind kind);

    /// Tells people what happened to a pod, or to this node where no pod is named. It neither waits
    /// nor fails.
    ///
    /// @param reason one word in CamelCase
    void event(Optional<PodRef> pod, EventType type, String reason, String sentence);

    /// All networks there are.
    List<NetworkAttachmentDefinition> networks();

    /// Tells a pod what it got; a second call replaces the first. One that is gone need not be
    /// told. Failures are {@link java.io.UncheckedIOException}; its message says whether it is
    /// tried again.
    ///
    /// @param status the JSON of the annotation {@link NetworkStatus#KEY}
    void publishStatus(PodRef pod, String status);

    /// Takes back what {@link #publishStatus} told, soon. Idempotent.
    void withdrawStatus(PodRef pod);

    /// Goes over pods that were told by an earlier process, or were to be: once the cluster is
    /// known, each of them that is there and has it otherwise is told again. It waits for nothing.
    ///
    /// @param status what a pod has by now, as {@link #publishStatus} tells it; empty where that is
    ///   nothing, or not known
    void restoreStatuses(List<PodRef> pods, Function<PodRef, Optional<String>> status);

    @Override
    void close();
}
