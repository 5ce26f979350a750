package io.patchbay.spi.cni;

import java.util.Set;

/// What names an attachment: the sandbox, the network, and the interface within the sandbox.
public record AttachmentId(String containerId, String network, String ifName) {
    /// What a delegate may keep its notes of the attachment under: a container has an interface of
    /// a name once.
    public String noteKey() {
        return ifName + "@" + containerId;
    }

    /// Whether a GC of a network ends it.
    ///
    /// @param valid the network's attachments that stay
    public boolean isLeftover(String ofNetwork, Set<AttachmentId> valid) {
        return network.equals(ofNetwork) && !valid.contains(this);
    }

    @Override
    public String toString() {
        return ifName + " of " + containerId + " on " + network;
    }
}
