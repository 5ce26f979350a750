package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;

/// Deletions of what may not be there. Each is a send of its own: of a batch one learns the first
/// failure only.
public final class Absence {
    private Absence() {}

    public static void tolerated(Netns netns, Change deletion) {
        try {
            netns.rtnl().apply(deletion);
        } catch (KernelException e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }
}
