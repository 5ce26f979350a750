package io.patchbay.meta.kube;

import io.patchbay.spi.pod.PodRef;
import java.util.List;
import java.util.Optional;

/// The cluster as the daemon needs it: a port with two sides, the API server and a directory of
/// manifests. Safe from any thread.
public interface ClusterView extends AutoCloseable {
    /// Where it looks, for refusals: `the manifests in /etc/patchbay/manifests`.
    String place();

    /// As fresh as can be had without waiting: a pod that was written before the call is found.
    Optional<Pod> findPod(String namespace, String name);

    Optional<NetworkAttachmentDefinition> findNetwork(String namespace, String name);

    /// All networks there are.
    List<NetworkAttachmentDefinition> networks();

    /// Tells a pod what it got; a second call replaces the first. Failures are {@link
    /// java.io.UncheckedIOException}.
    ///
    /// @param status the JSON of the annotation {@link NetworkStatus#KEY}
    void publishStatus(PodRef pod, String status);

    /// Takes back what {@link #publishStatus} told. Idempotent.
    void withdrawStatus(PodRef pod);

    @Override
    void close();
}
