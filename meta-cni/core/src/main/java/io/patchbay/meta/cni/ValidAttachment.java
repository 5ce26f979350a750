package io.patchbay.meta.cni;

import io.patchbay.spi.cni.AttachmentId;

/// An attachment that the runtime still knows, as GC lists it.
public record ValidAttachment(String containerId, String ifName) {
    public AttachmentId on(String network) {
        return new AttachmentId(containerId, network, ifName);
    }
}
