package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.net.Netns;

/// The namespace that a network's parent is in: the host's, or with `linkInContainer` the pod's.
record Place(Netns netns, boolean inPod) {
    static Place host(Netns host) {
        return new Place(host, false);
    }

    static Place of(Attachment<? extends UpperLinkConfig> attachment, Netns pod) {
        return attachment.config().linkInContainer()
                ? new Place(pod, true)
                : host(attachment.host());
    }

    /// How a refusal names it.
    String title() {
        return inPod ? "the pod (\"linkInContainer\", %s)".formatted(netns.path()) : "the host";
    }

    /// What tells it from the others on this node: 0 for the host.
    long number() {
        return inPod ? netns.inode() : 0;
    }
}
