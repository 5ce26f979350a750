package io.patchbay.meta.device;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.PodRef;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;

/// Asks the kubelet, and where it does not answer, its checkpoint.
public final class KubeletDevices implements PodDevices {
    private static final Logger LOG = System.getLogger(KubeletDevices.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path podResources;
    private final Duration patience;
    private final Checkpoint checkpoint;

    public KubeletDevices(KubeletPaths paths) {
        this(paths, PATIENCE);
    }

    /// @param patience how long the kubelet may take to answer
    KubeletDevices(KubeletPaths paths, Duration patience) {
        this.podResources = paths.podResources();
        this.patience = patience;
        this.checkpoint = new Checkpoint(paths.checkpoint());
    }

    @Override
    public AllocatedDevices of(PodRef pod) {
        try (PodResources resources = new PodResources(podResources, patience)) {
            return resources.of(pod);
        } catch (UncheckedIOException e) {
            LOG.log(Level.DEBUG, "{0}: its checkpoint is read", e.getMessage());
            return checkpoint(pod, e);
        }
    }

    private AllocatedDevices checkpoint(PodRef pod, UncheckedIOException silent) {
        String reason;
        try {
            if (!pod.uid().isEmpty()) {
                return AllocatedDevices.of(checkpoint.of(pod.uid()));
            }
            reason = "its checkpoint goes by the uid, which CNI_ARGS lacks (K8S_POD_UID)";
        } catch (UncheckedIOException e) {
            silent.addSuppressed(e);
            reason = String.valueOf(e.getMessage());
        }
        CniException refusal =
                CniException.tryAgain(
                        "the devices of pod %s cannot be told: %s, and %s: keys \"kubelet.podResources\" and \"kubelet.checkpoint\" say where the kubelet's are"
                                .formatted(pod, silent.getMessage(), reason));
        refusal.initCause(silent);
        throw refusal;
    }
}
