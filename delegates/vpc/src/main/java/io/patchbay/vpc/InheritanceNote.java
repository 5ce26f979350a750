package io.patchbay.vpc;

import io.patchbay.spi.cni.AttachmentId;
import java.util.List;

/// Which pods of Amazon's plugin were dealt with, taken over or not: its checkpoint lists them for
/// as long as the machine runs.
///
/// @param boot the kernel's id of the boot in which this was; indexes of links are of one boot
record InheritanceNote(String boot, List<AttachmentId> decided) {
    /// The key of the only one.
    static final String KEY = "vpc-cni";

    InheritanceNote {
        decided = List.copyOf(decided);
    }
}
