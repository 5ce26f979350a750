package io.patchbay.meta.view;

import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the kernel shows of an attachment and its ADD did not leave so, in sentences. It is what
/// can be told by looking; CHECK knows more.
final class Differences {
    private final String name;
    private final CniResult result;
    private final List<String> sentences = new ArrayList<>();

    private Differences(String name, CniResult result) {
        this.name = name;
        this.result = result;
    }

    /// @param result of the ADD
    /// @param link that has the interface's name now
    static List<String> of(
            String name,
            CniResult result,
            Optional<Link> link,
            List<Cidr> addresses,
            List<RouteView> routes) {
        Differences differences = new Differences(name, result);
        if (link.isPresent()) {
            differences.ofLink(link.get());
            differences.ofAddresses(addresses);
            differences.ofRoutes(routes);
        } else if (differences.told().isPresent()) {
            differences.sentences.add("there is no such link in the pod, and ADD made one");
        }
        return List.copyOf(differences.sentences);
    }

    private Optional<CniResult.Interface> told() {
        return result.interfaces().stream()
                .filter(link -> link.name().equals(name) && !link.sandbox().isEmpty())
                .findFirst();
    }

    private void ofLink(Link link) {
        if (!link.up()) {
            sentences.add("the link is down");
        }
        told().flatMap(CniResult.Interface::mac)
                .filter(mac -> link.mac().filter(mac::equals).isEmpty())
                .ifPresent(mac ->
                        sentences.add(
                                "the MAC is %s, and ADD gave %s"
                                        .formatted(
                                                link.mac().map(Object::toString).orElse("none"),
                                                mac)));
        told().map(CniResult.Interface::mtu)
                .filter(mtu -> mtu != 0 && mtu != link.mtu())
                .ifPresent(mtu ->
                        sentences.add("the MTU is %d, and ADD gave %d".formatted(link.mtu(), mtu)));
    }

    /// Link-local addresses come by themselves.
    private void ofAddresses(List<Cidr> addresses) {
        List<Cidr> given = given(name, result);
        given.stream()
                .filter(address -> !addresses.contains(address))
                .forEach(address ->
                        sentences.add("address %s is gone, and ADD gave it".formatted(address)));
        addresses.stream()
                .filter(address -> !given.contains(address))
                .filter(address -> !isLinkLocal(address))
                .forEach(address ->
                        sentences.add(
                                "address %s is there, and ADD did not give it".formatted(address)));
    }

    /// Whether a link of IPv6 has it by itself.
    static boolean isLinkLocal(Cidr address) {
        return address.isIpv6() && address.address().isLinkLocalAddress();
    }

    /// The addresses that a result gives an interface: those that it places there, and, where it
    /// places none, all.
    static List<Cidr> given(String name, CniResult result) {
        return result.ips().stream()
                .filter(ip ->
                        ip.link().isEmpty()
                                || ip.link().getAsInt() >= result.interfaces().size()
                                || result.interfaces()
                                        .get(ip.link().getAsInt())
                                        .name()
                                        .equals(name))
                .map(CniResult.Ip::address)
                .sorted(Comparator.comparing(Cidr::isIpv6))
                .toList();
    }

    /// A later plugin may have moved one to another table, and whatever table it is in will do.
    private void ofRoutes(List<RouteView> routes) {
        for (CniResult.Route told : result.routes()) {
            boolean there =
                    routes.stream()
                            .map(RouteView::route)
                            .filter(route ->
                                    route.destination().equals(told.destination().network()))
                            .anyMatch(route ->
                                    told.gateway().isEmpty()
                                            || route.gateway().equals(told.gateway()));
            if (!there) {
                sentences.add(
                        "route %s%s is gone, and ADD made it"
                                .formatted(
                                        told.destination().network(),
                                        told.gateway()
                                                .map(via -> " via " + Cidr.text(via))
                                                .orElse("")));
            }
        }
    }
}
