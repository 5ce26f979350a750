package io.patchbay.vpc;

import io.patchbay.spi.Detachment;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an attachment left behind where the note of its address is lost: the host leads to its
/// link, and its result tells.
record Traces(NodeNetwork node, Addresses addresses) {
    /// Notes again which addresses an attachment has. What somebody else has is not among them.
    void note(Detachment<VpcConfig> detachment) {
        Pool pool = addresses.pool();
        List<Holding> found =
                Stream.concat(
                                node.routedTo(detachment.ifindex(0)).stream(),
                                detachment.result().stream()
                                        .flatMap(result -> result.ips().stream())
                                        .map(ip -> ip.address().address()))
                        .distinct()
                        .filter(address -> pool.find(address).isEmpty())
                        .flatMap(address -> holding(pool, address, detachment).stream())
                        .toList();
        if (!found.isEmpty()) {
            addresses.adopt(found);
        }
    }

    private static Optional<Holding> holding(
            Pool pool, InetAddress address, Detachment<VpcConfig> detachment) {
        return pool.enis().stream()
                .filter(eni -> eni.has(address))
                .map(eni ->
                        new Holding(
                                address,
                                detachment.id(),
                                eni.id(),
                                eni.table(),
                                detachment.ifindex(0),
                                Optional.empty(),
                                Optional.of(detachment.pod()),
                                false))
                .findFirst();
    }
}
