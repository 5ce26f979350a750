package io.patchbay.chained;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides on the branches of a link, and does nothing.
///
/// @param chained with its addresses, of which there are some
/// @param own its routes in the main table
record Branching(
        SourceRoutingConfig config, ChainedLink chained, LinkRoutes own, Vacancies vacancies) {

    Branches of(Attachment<?> attachment) {
        List<Cidr> addresses = chained.ips().stream().map(Ip::address).toList();
        List<Integer> tables = tables(addresses);
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            Cidr address = addresses.get(i);
            branches.add(
                    new Branch(
                            address,
                            vacancies.nextPriority(address.isIpv6(), config.priority()),
                            tables.get(i),
                            config.table().isPresent() ? List.of() : routes(i, tables.get(i))));
        }
        List<Route> moved = config.table().isPresent() ? List.of() : own.movedWith(addresses);
        return new Branches(
                attachment.id(),
                attachment.step(),
                chained.link().index(),
                branches,
                moved,
                config.addSourceHints() ? hints(moved, addresses) : List.of());
    }

    private List<Integer> tables(List<Cidr> addresses) {
        if (config.table().isPresent()) {
            int table = config.table().getAsInt();
            return addresses.stream().map(address -> table).toList();
        }
        if (config.tables().isEmpty()) {
            return vacancies.freeTables(addresses.size());
        }
        if (config.tables().size() < addresses.size()) {
            throw CniException.invalidConfig(
                    "\"tables\" is %s, and link %s has addresses %s: name a table for each"
                            .formatted(config.tables(), chained.link().name(), addresses));
        }
        return config.tables();
    }

    private List<Route> routes(int position, int table) {
        Ip ip = chained.ips().get(position);
        List<Route> routes =
                new ArrayList<>(
                        own.routesOf(
                                ip.address(), chained.ips().stream().map(Ip::address).toList()));
        int link = chained.link().index();
        if (config.wantsDefaultRoute()
                && routes.stream().noneMatch(route -> route.destination().prefix() == 0)) {
            routes.add(Route.to(Cidr.any(ip.address().isIpv6())).on(link).via(gateway(ip)));
        }
        return LinkRoutes.withGatewaysOnLink(link, routes).stream()
                .map(route -> route.table(table))
                .toList();
    }

    private InetAddress gateway(Ip ip) {
        boolean ipv6 = ip.address().isIpv6();
        return ip.gateway()
                .or(() -> told(ipv6))
                .or(() -> config.gateway(ipv6))
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "address %s of link %s has no gateway, so that what it sends would leave by another link: name one in its ipam or in \"gateways\", or set \"defaultRoute\" to false where the network has no way out"
                                        .formatted(ip.address(), chained.link().name())));
    }

    /// The default route that the chain tells.
    private Optional<InetAddress> told(boolean ipv6) {
        return chained.told().routes().stream()
                .filter(route -> route.destination().equals(Cidr.any(ipv6)))
                .filter(route -> route.table().orElse(Route.MAIN) == Route.MAIN)
                .map(CniResult.Route::gateway)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The same routes, each with the first address that it is of.
    private List<Route> hints(List<Route> moved, List<Cidr> addresses) {
        return moved.stream()
                .map(route ->
                        addresses.stream()
                                .filter(address -> own.routesOf(address, addresses).contains(route))
                                .findFirst()
                                .map(address -> route.source(address.address()))
                                .orElse(route))
                .toList();
    }
}
