package io.patchbay.vpc;

import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.plumbing.PodNetwork;
import io.patchbay.vpc.plumbing.PodPaths;
import io.patchbay.vpc.plumbing.PodRouting;
import io.patchbay.vpc.plumbing.VethName;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import java.util.List;
import java.util.Optional;

/// Takes an address back without its pod: the way to it on the host first, so that whoever gets the
/// address next does not meet it.
record Eviction(Netns host, NodeNetwork node, Addresses addresses) {
    void of(Holding holding) {
        PodPaths paths = onHost(List.of(holding));
        node.detached(paths);
        PodNetwork.remove(host, Optional.empty(), paths);
        addresses.release(holding);
    }

    /// @param holdings of one attachment
    static PodPaths onHost(List<Holding> holdings) {
        return paths(holdings, 0);
    }

    static PodPaths paths(List<Holding> holdings, int podLink) {
        return new PodPaths(holdings.stream().map(holding -> routing(holding, podLink)).toList());
    }

    private static PodRouting routing(Holding holding, int podLink) {
        return new PodRouting(
                holding.address(),
                holding.table(),
                holding.link(),
                podLink,
                holding.owner().ifName().equals(VethName.FIRST));
    }
}
