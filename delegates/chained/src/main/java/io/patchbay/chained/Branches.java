package io.patchbay.chained;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Route;
import java.util.List;

/// What source-based routing makes of a link's addresses and routes.
///
/// @param link its index in the pod
/// @param moved the routes of the main table that are in the branches instead
/// @param hints what is in the main table for them, where the network wants that
record Branches(
        AttachmentId id,
        int step,
        int link,
        List<Branch> branches,
        List<Route> moved,
        List<Route> hints)
        implements Noted {

    Branches {
        branches = List.copyOf(branches);
        moved = List.copyOf(moved);
        hints = List.copyOf(hints);
    }
}
