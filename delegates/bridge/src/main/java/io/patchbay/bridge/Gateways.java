package io.patchbay.bridge;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lease of a pod on a bridge that may be its gateway, as the reference plugin completes it.
///
/// @param addresses what the bridge has to carry; empty where it is no gateway
record Gateways(Lease lease, List<Cidr> addresses) {
    Gateways {
        addresses = List.copyOf(addresses);
    }

    /// An address without a gateway gets the first one of its subnet.
    static Gateways of(BridgeConfig config, Lease lease) {
        if (!config.hasGateway()) {
            return new Gateways(lease, List.of());
        }
        List<Ip> ips =
                lease.ips().stream()
                        .map(ip -> new Ip(ip.address(), Optional.of(gateway(ip)), ip.link()))
                        .toList();
        List<CniResult.Route> routes = new ArrayList<>(lease.routes());
        if (config.isDefaultGateway()) {
            ips.forEach(ip -> addDefault(ip, routes));
        }
        List<Cidr> addresses =
                ips.stream()
                        .map(ip -> new Cidr(gateway(ip), ip.address().prefix()))
                        .distinct()
                        .toList();
        return new Gateways(new Lease(ips, routes, lease.dns()), addresses);
    }

    private static void addDefault(Ip ip, List<CniResult.Route> routes) {
        Cidr any = Cidr.any(ip.address().isIpv6());
        if (routes.stream().noneMatch(route -> route.destination().equals(any))) {
            routes.add(CniResult.Route.of(any, ip.gateway()));
        }
    }

    private static InetAddress gateway(Ip ip) {
        return ip.gateway().orElseGet(() -> first(ip.address()));
    }

    private static InetAddress first(Cidr address) {
        byte[] octets = address.network().address().getAddress();
        if (address.prefix() == octets.length * 8) {
            throw CniException.invalidConfig(
                    "\"isGateway\" is true, but address %s has neither a gateway nor a subnet to take one from"
                            .formatted(address));
        }
        octets[octets.length - 1] |= 1;
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the octets of an address are one", e);
        }
    }
}
