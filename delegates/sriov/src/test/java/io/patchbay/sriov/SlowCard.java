package io.patchbay.sriov;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.SetVirtualFunction;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Mac;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A card of one virtual function that says yes to a MAC address, and shows it some readings later.
final class SlowCard implements Rtnl {
    private final int late;
    private final List<Change> written = new ArrayList<>();
    private MacAddress shown = new MacAddress(1);
    private MacAddress next = shown;
    private int readings;

    SlowCard(int late) {
        this.late = late;
    }

    List<Change> written() {
        return written;
    }

    @Override
    public void apply(List<? extends Change> changes) {
        for (Change change : changes) {
            written.add(change);
            if (change instanceof SetVirtualFunction set && set.setting() instanceof Mac mac) {
                next = mac.address();
                readings = 0;
            }
        }
    }

    @Override
    public List<VirtualFunction> virtualFunctions(int physical) {
        if (readings++ >= late) {
            shown = next;
        }
        return List.of(
                new VirtualFunction(
                        0,
                        shown,
                        new Vlan(0, 0, VlanProtocol.DOT1Q),
                        new Rate(0, 0),
                        Optional.empty(),
                        Optional.empty(),
                        State.AUTO));
    }

    @Override
    public Optional<Link> find(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Link> find(int index) {
        return Optional.empty();
    }

    @Override
    public List<Link> links() {
        return List.of();
    }

    @Override
    public List<Cidr> addresses(int link) {
        return List.of();
    }

    @Override
    public List<Route> routes(int table) {
        return List.of();
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }

    @Override
    public List<Neighbour> neighbours(int link) {
        return List.of();
    }
}
