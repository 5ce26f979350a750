package io.patchbay.vpc;

import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.plumbing.PodPaths;
import io.patchbay.vpc.plumbing.PodRouting;
import io.patchbay.vpc.plumbing.PodVeth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What ADD answers: both ends of the pod's link, and the addresses of the pod's.
final class PodResult {
    private PodResult() {}

    static CniResult of(PodVeth veth, Netns pod, PodPaths paths) {
        return new CniResult(
                List.of(veth.hostInterface(), veth.podInterface(pod)),
                paths.ways().stream().map(PodResult::ip).toList(),
                paths.ways().stream().flatMap(way -> route(way).stream()).distinct().toList(),
                CniResult.Dns.EMPTY);
    }

    private static CniResult.Ip ip(PodRouting way) {
        return new CniResult.Ip(way.cidr(), Optional.of(way.gateway()), OptionalInt.of(1));
    }

    /// The default route is told where it is the pod's; another link's is in a table of the pod.
    private static Optional<CniResult.Route> route(PodRouting way) {
        return way.first()
                ? Optional.of(
                        CniResult.Route.of(
                                Cidr.any(way.cidr().isIpv6()), Optional.of(way.gateway())))
                : Optional.empty();
    }
}
