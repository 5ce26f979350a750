package io.patchbay.meta.plan;

import io.patchbay.spi.cni.CniException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Who of a pod's networks claims the default route of which family: one at most. Both families may
/// go by different networks.
final class DefaultRouteClaims {
    private final Map<Boolean, String> claimants = new HashMap<>();

    /// Refuses with 7 a family that another network claims, and an address that is no gateway.
    ///
    /// @param where the words a refusal begins with
    /// @param claimant the words by which a later refusal names this network
    void add(String where, String claimant, Optional<DefaultRoute> claim) {
        claim.ifPresent(route -> {
            route.gateways().forEach(gateway -> requireGateway(where, gateway));
            claim(where, claimant, route, false);
            claim(where, claimant, route, true);
        });
    }

    private static void requireGateway(String where, InetAddress gateway) {
        if (gateway.isAnyLocalAddress() || gateway.isMulticastAddress()) {
            throw CniException.invalidConfig(
                    "%s, key \"default-route\": \"%s\" is no gateway's address"
                            .formatted(where, gateway.getHostAddress()));
        }
    }

    private void claim(String where, String claimant, DefaultRoute route, boolean ipv6) {
        if (!route.claims(ipv6)) {
            return;
        }
        String first = claimants.putIfAbsent(ipv6, claimant);
        if (first != null) {
            throw CniException.invalidConfig(
                    "%s, key \"default-route\": the %s default route goes by %s already, and by one network at most"
                            .formatted(where, ipv6 ? "IPv6" : "IPv4", first));
        }
    }
}
