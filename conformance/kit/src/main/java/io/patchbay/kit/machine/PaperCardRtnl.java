package io.patchbay.kit.machine;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.BridgeVlans;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Change.SetVirtualFunction;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.VirtualFunction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// rtnetlink with a card on paper: its links are of hardware, and what concerns its ports is kept
/// on paper.
record PaperCardRtnl(Rtnl rtnl, PaperCard card) implements Rtnl {
    @Override
    public void apply(List<? extends Change> changes) {
        changes.forEach(this::change);
    }

    private void change(Change change) {
        switch (change) {
            case SetVirtualFunction(int physical, int index, VirtualFunction.Setting setting) ->
                    ports(physical).orElseThrow().set(index, setting);
            case SetMac mac -> {
                rtnl.find(mac.link())
                        .flatMap(card::of)
                        .filter(function -> !PaperCard.isPhysical(function))
                        .ifPresent(function ->
                                card.ports(function).choose(PaperCard.last(function), mac.mac()));
                rtnl.apply(mac);
            }
            default -> rtnl.apply(change);
        }
    }

    private Optional<PaperPorts> ports(int physical) {
        return rtnl.find(physical).flatMap(card::of).filter(PaperCard::isPhysical).map(card::ports);
    }

    /// The link as its hardware makes it look.
    private Link seen(Link link) {
        return card.of(link).map(function -> of(function, link)).orElse(link);
    }

    private static Link of(PciAddress function, Link link) {
        return new Link(
                link.index(),
                link.name(),
                "",
                link.up(),
                link.mtu(),
                link.group(),
                link.mac(),
                link.master(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                link.mode(),
                link.vlan(),
                link.alias(),
                link.altNames(),
                link.mac(),
                Optional.of(function.value()),
                link.settings(),
                link.bridge(),
                Link.Upper.NONE);
    }

    @Override
    public Optional<Link> find(String name) {
        return rtnl.find(name).map(this::seen);
    }

    @Override
    public Optional<Link> find(int index) {
        return rtnl.find(index).map(this::seen);
    }

    @Override
    public List<Link> links() {
        return rtnl.links().stream().map(this::seen).toList();
    }

    @Override
    public List<VirtualFunction> virtualFunctions(int physical) {
        return ports(physical).map(PaperPorts::all).orElse(List.of());
    }

    @Override
    public List<Cidr> addresses(int link) {
        return rtnl.addresses(link);
    }

    @Override
    public List<Route> routes(int table) {
        return rtnl.routes(table);
    }

    @Override
    public Set<Integer> tables(int besides) {
        return rtnl.tables(besides);
    }

    @Override
    public List<Rule> rules() {
        return rtnl.rules();
    }

    @Override
    public List<BridgeVlans> bridgeVlans(int port) {
        return rtnl.bridgeVlans(port);
    }

    @Override
    public List<Neighbour> neighbours(int link) {
        return rtnl.neighbours(link);
    }
}
