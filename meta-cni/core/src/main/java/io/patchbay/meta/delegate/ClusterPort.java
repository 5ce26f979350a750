package io.patchbay.meta.delegate;

import io.patchbay.spi.pod.Cluster;

/// The cluster as the process hands it to its delegates.
@FunctionalInterface
public interface ClusterPort {
    /// @param background that of the one delegate it is for, whom changes are told there
    Cluster of(Background background);
}
