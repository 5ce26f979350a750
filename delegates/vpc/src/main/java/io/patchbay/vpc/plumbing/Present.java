package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the kernel has, as far as something is wanted there.
public record Present(
        List<Link> links,
        Map<Integer, List<Cidr>> addresses,
        List<Route> routes,
        List<Rule> rules,
        Map<String, String> sysctls) {
    List<Cidr> addressesOf(int link) {
        return addresses.getOrDefault(link, List.of());
    }

    public static Present read(Netns netns, Wanted wanted) {
        Map<Integer, List<Cidr>> addresses = new HashMap<>();
        Stream.concat(
                        wanted.addresses().stream().map(Carried::link),
                        wanted.primaries().stream().map(primary -> primary.eni().link()))
                .distinct()
                .forEach(link -> addresses.put(link, netns.rtnl().addresses(link)));
        TreeSet<Integer> tables = new TreeSet<>(List.of(Route.MAIN, Route.LOCAL));
        wanted.routes().forEach(route -> tables.add(route.table()));
        List<Route> routes = new ArrayList<>();
        tables.forEach(table -> routes.addAll(netns.rtnl().routes(table)));
        Map<String, String> sysctls = new HashMap<>();
        wanted.sysctls()
                .keySet()
                .forEach(key ->
                        netns.sysctl().find(key).ifPresent(value -> sysctls.put(key, value)));
        return new Present(netns.rtnl().links(), addresses, routes, netns.rtnl().rules(), sysctls);
    }
}
