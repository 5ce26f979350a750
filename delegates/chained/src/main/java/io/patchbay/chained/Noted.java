package io.patchbay.chained;

import io.patchbay.spi.cni.AttachmentId;

/// What is noted of one step of an attachment's chain.
interface Noted {
    AttachmentId id();

    int step();
}
