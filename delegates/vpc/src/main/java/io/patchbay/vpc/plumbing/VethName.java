package io.patchbay.vpc.plumbing;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.pod.PodRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The name of a pod's link on the host. A network policy agent finds it by the pod's name, as
/// Calico's does: prefix, and 11 digits of a SHA-1 digest.
public final class VethName {
    /// The interface that every runtime asks for first.
    public static final String FIRST = "eth0";

    private static final int DIGITS = 11;

    private VethName() {}

    public static String of(String prefix, PodRef pod, AttachmentId id) {
        // Without Kubernetes there is no name but the container's.
        String owner = pod.name().isEmpty() ? id.containerId() : pod.namespace() + "." + pod.name();
        String key = id.ifName().equals(FIRST) ? owner : owner + "." + id.ifName();
        return prefix + digest(key).substring(0, DIGITS);
    }

    private static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-1")
                                    .digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
