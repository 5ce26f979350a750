package io.patchbay.meta.ipam;

import io.patchbay.meta.ipam.StaticConfig.Address;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Addresses that the configuration or the pod names. It remembers nothing, and does not mind that
/// an address is used twice.
///
/// The `ips` capability replaces the configured addresses. A wish takes prefix length and gateway
/// of the configured address whose subnet it is in, where it has none of its own; the reference
/// plugin would lose the gateway. `IP` and `GATEWAY` of CNI_ARGS are added.
public final class Static implements AddressSource<StaticConfig> {
    public Static() {}

    @Override
    public Class<StaticConfig> configType() {
        return StaticConfig.class;
    }

    @Override
    public Lease acquire(AttachmentId id, StaticConfig config, Wish wish) {
        List<Address> addresses = new ArrayList<>();
        if (wish.capabilities().ips().isEmpty()) {
            addresses.addAll(config.addresses());
        }
        for (Cidr wanted : Wishes.cidrs(wish)) {
            addresses.add(complete(wanted, config.addresses()));
        }
        List<InetAddress> gateways = Wishes.gateways(wish);
        return new Lease(
                addresses.stream().map(address -> ip(address, gateways)).toList(),
                config.routes().stream().map(RouteConfig::toRoute).toList(),
                config.dns());
    }

    private static Address complete(Cidr wanted, List<Address> configured) {
        boolean bare = wanted.prefix() == Ips.bits(wanted.address());
        return configured.stream()
                .filter(known -> known.address().contains(wanted.address()))
                .filter(known -> bare || known.address().prefix() == wanted.prefix())
                .findFirst()
                .map(known ->
                        new Address(
                                new Cidr(wanted.address(), known.address().prefix()),
                                known.gateway()))
                .orElseGet(() -> new Address(wanted, Optional.empty()));
    }

    private static CniResult.Ip ip(Address address, List<InetAddress> gateways) {
        Optional<InetAddress> named =
                gateways.stream().filter(address.address()::contains).findFirst();
        return new CniResult.Ip(
                address.address(),
                named.isPresent() ? named : address.gateway(),
                OptionalInt.empty());
    }

    /// There is nothing to compare with.
    @Override
    public void check(AttachmentId id, StaticConfig config) {}

    @Override
    public void release(AttachmentId id, StaticConfig config) {}

    @Override
    public void gc(String network, StaticConfig config, Set<AttachmentId> valid) {}

    @Override
    public void status(String network, StaticConfig config) {}
}
