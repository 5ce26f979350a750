package io.patchbay.vpc;

import io.patchbay.spi.Key;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// An `ipam` section of type `vpc`.
///
/// @param eni the id of the interface that the addresses are of; else that of the link below
/// @param families of the addresses, as of {@link VpcConfig}
/// @param count how many addresses of each family; else 1
/// @param routes of the link; one without a gateway goes by the VPC's router
record VpcIpamConfig(
        Optional<String> eni,
        List<String> families,
        Optional<Integer> count,
        List<RouteConfig> routes) {
    VpcIpamConfig {
        eni.ifPresent(id -> VpcConfig.requireId("\"eni\"", "eni-", id));
        families = List.copyOf(families);
        VpcConfig.families("\"families\"", families);
        VpcConfig.requireCount(count);
        routes = List.copyOf(routes);
    }

    /// A route as an `ipam` section writes it.
    record RouteConfig(@Key("dst") Cidr destination, @Key("gw") Optional<InetAddress> gateway) {
        CniResult.Route toRoute() {
            return CniResult.Route.of(destination, gateway);
        }
    }

    /// The families that are asked for.
    List<Family> families(LinkPolicy links) {
        return links.families(families);
    }
}
