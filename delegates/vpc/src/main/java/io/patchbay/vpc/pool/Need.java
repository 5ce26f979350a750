package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.pod.PodRef;
import java.net.InetAddress;
import java.util.Optional;

/// An attachment that needs an address.
///
/// @param pod whose it is, where that is known
/// @param link the index of its link on the host, or {@link Holding#NO_LINK}
record Need(AttachmentId owner, Optional<PodRef> pod, Demand demand, int link) {
    /// What it has with an address.
    Holding with(InetAddress address, String eni, int table) {
        return new Holding(address, owner, eni, table, link, Optional.empty(), pod, false);
    }
}
