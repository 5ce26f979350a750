package io.patchbay.kit.cord;

import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.cni.AttachmentId;

/// What somebody leaves in a namespace who has no business there: an address of the loopback.
///
/// @param id the attachment whose pod it is
/// @param netns the path of the pod's namespace
record Scribble(AttachmentId id, String netns) {
    /// Once is as good as twice.
    static void in(String netns) {
        Witness.in(netns).attempt("ip", "address", "add", "198.51.100.9/32", "dev", "lo");
    }

    void write() {
        in(netns);
    }
}
