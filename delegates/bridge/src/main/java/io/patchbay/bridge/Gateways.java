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

/// The lease of a pod whose gateway the node may be, as the reference plugins complete it.
///
/// @param addresses the gateways, each with the prefix of its subnet; empty where the node is none
record Gateways(Lease lease, List<Cidr> addresses) {
    Gateways {
        addresses = List.copyOf(addresses);
    }

    static Gateways none(Lease lease) {
        return new Gateways(lease, List.of());
    }

    /// An address without a gateway gets the first one of its subnet.
    ///
    /// @param isDefault whether each family's default route goes there, unless the lease has one
    static Gateways of(Lease lease, boolean isDefault) {
        List<Ip> ips =
                lease.ips().stream()
                        .map(ip -> new Ip(ip.address(), Optional.of(gateway(ip)), ip.link()))
                        .toList();
        List<CniResult.Route> routes = new ArrayList<>(lease.routes());
        if (isDefault) {
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
                    "address %s has neither a gateway, which the node is to be, nor a subnet to take one from: give it a \"gateway\""
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
