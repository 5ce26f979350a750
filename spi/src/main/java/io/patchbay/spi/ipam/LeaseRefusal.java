package io.patchbay.spi.ipam;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Announcer.Claim;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import java.util.Set;

/// Why a link cannot carry its lease: what the kernel refuses because of the lease, and nothing
/// else, is the configuration's fault.
final class LeaseRefusal {
    private static final int ENETUNREACH = 101;
    private static final int EHOSTUNREACH = 113;
    private static final Set<Integer> OF_THE_LEASE =
            Set.of(
                    KernelException.EEXIST,
                    KernelException.EINVAL,
                    KernelException.EOPNOTSUPP,
                    ENETUNREACH,
                    EHOSTUNREACH);

    private LeaseRefusal() {}

    static RuntimeException of(LeasedLink link, KernelException refusal) {
        String sentence =
                "link %s cannot carry %s: %s"
                        .formatted(link.name(), told(link.lease()), refusal.getMessage());
        // ipvlan: one parent's links never share an address, and one that dies with its namespace
        // holds its own for some time yet.
        if (refusal.errno() == KernelException.EADDRINUSE) {
            return new CniException(Standard.TRY_AGAIN_LATER, sentence, refusal);
        }
        return OF_THE_LEASE.contains(refusal.errno())
                ? new CniException(Standard.INVALID_NETWORK_CONFIG, sentence, refusal)
                : refusal;
    }

    static CniException taken(LeasedLink link, Claim claim) {
        return CniException.tryAgain(
                "address %s, leased to link %s, is taken: %s answers for it; give it back there, or exclude it from the lease's range"
                        .formatted(Cidr.text(claim.address()), link.name(), claim.by()));
    }

    private static String told(Lease lease) {
        return "addresses %s with routes %s"
                .formatted(
                        lease.ips().stream().map(ip -> ip.address().toString()).toList(),
                        lease.routes().stream().map(LeasedRoutes::told).toList());
    }
}
