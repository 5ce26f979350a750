package io.patchbay.spi.cni;

/// What names an attachment: the sandbox, the network, and the interface within the sandbox.
public record AttachmentId(String containerId, String network, String ifName) {
    @Override
    public String toString() {
        return ifName + " of " + containerId + " on " + network;
    }
}
