package io.patchbay.meta.ipam;

import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.delegate.ForeignCall;
import io.patchbay.meta.delegate.ForeignConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Any IPAM binary, called as a plugin calls it by delegation: with the plugin's environment and
/// its whole configuration. Source: CNI SPEC.md 1.1.0, "Section 4: Plugin Delegation".
public final class ForeignIpam implements AddressSource<ForeignConfig> {
    private final InstantSource clock;
    // A binary may refuse a second ADD of one attachment, as host-local does.
    private final Map<AttachmentId, Lease> leases = new ConcurrentHashMap<>();

    public ForeignIpam(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Class<ForeignConfig> configType() {
        return ForeignConfig.class;
    }

    @Override
    public Lease acquire(AttachmentId id, ForeignConfig config, Wish wish) {
        Lease known = leases.get(id);
        if (known != null) {
            return known;
        }
        CniResult result = call(id, config).add();
        Lease lease =
                new Lease(
                        result.ips().stream().map(ForeignIpam::unplaced).toList(),
                        result.routes(),
                        Optional.of(result.dns()).filter(dns -> !dns.equals(Dns.EMPTY)));
        leases.put(id, lease);
        return lease;
    }

    /// An IPAM's result has no links to point at; which one gets the address is the plugin's
    /// matter.
    private static CniResult.Ip unplaced(CniResult.Ip ip) {
        return new CniResult.Ip(ip.address(), ip.gateway(), OptionalInt.empty());
    }

    @Override
    public void check(AttachmentId id, ForeignConfig config) {
        if (config.version().isAtLeast(CniVersion.V0_4_0)) {
            call(id, config).run("CHECK");
        }
    }

    @Override
    public void release(AttachmentId id, ForeignConfig config) {
        call(id, config).run("DEL");
        leases.remove(id);
    }

    @Override
    public void gc(String network, ForeignConfig config, Set<AttachmentId> valid) {
        if (config.version().isAtLeast(CniVersion.V1_1_0)) {
            new ForeignCall(config, clock).keeping(network, valid).run("GC");
        }
    }

    @Override
    public void status(String network, ForeignConfig config) {
        if (config.version().isAtLeast(CniVersion.V1_1_0)) {
            new ForeignCall(config, clock).run("STATUS");
        }
    }

    private ForeignCall call(AttachmentId id, ForeignConfig config) {
        return new ForeignCall(config, clock).of(id).in(config.netns());
    }
}
