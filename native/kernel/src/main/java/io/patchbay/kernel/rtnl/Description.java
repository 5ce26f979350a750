package io.patchbay.kernel.rtnl;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.AddAltName;
import io.patchbay.spi.net.Change.AddBridgeVlans;
import io.patchbay.spi.net.Change.AddNeighbour;
import io.patchbay.spi.net.Change.AddRoute;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteAddress;
import io.patchbay.spi.net.Change.DeleteAltName;
import io.patchbay.spi.net.Change.DeleteBridgeVlans;
import io.patchbay.spi.net.Change.DeleteGroup;
import io.patchbay.spi.net.Change.DeleteLink;
import io.patchbay.spi.net.Change.DeleteNeighbour;
import io.patchbay.spi.net.Change.DeleteRoute;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Change.MoveLink;
import io.patchbay.spi.net.Change.Rename;
import io.patchbay.spi.net.Change.SetAlias;
import io.patchbay.spi.net.Change.SetAllMulticast;
import io.patchbay.spi.net.Change.SetArpNotify;
import io.patchbay.spi.net.Change.SetBridgePort;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Change.SetMaster;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Change.SetPromiscuous;
import io.patchbay.spi.net.Change.SetTransmitQueueLength;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Change.SetVirtualFunction;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;

/// A change in words, for the message of its failure.
final class Description {
    private Description() {}

    /// @param path of the namespace that is asked
    static String of(Change change, String path) {
        String where =
                change instanceof CreateLink(LinkSpec spec)
                        ? spec.head().in().map(Netns::path).orElse(path)
                        : path;
        return what(change) + " in " + where;
    }

    private static String what(Change change) {
        return switch (change) {
            case CreateLink(LinkSpec spec) -> "create link " + spec(spec);
            case SetUp(int link, boolean up) ->
                    "set link %d %s".formatted(link, up ? "up" : "down");
            case Rename(int link, String name) -> "rename link %d to %s".formatted(link, name);
            case SetMtu(int link, int mtu) -> "set the MTU of link %d to %d".formatted(link, mtu);
            case SetMac(int link, var mac) -> "set the MAC of link %d to %s".formatted(link, mac);
            case SetPromiscuous(int link, boolean on) ->
                    "set link %d promiscuous %s".formatted(link, on ? "on" : "off");
            case SetAllMulticast(int link, boolean on) ->
                    "set all multicast of link %d %s".formatted(link, on ? "on" : "off");
            case SetArpNotify(int link, boolean on) ->
                    "set arp_notify of link %d %s".formatted(link, on ? "on" : "off");
            case SetTransmitQueueLength(int link, int length) ->
                    "set the transmit queue length of link %d to %d".formatted(link, length);
            case SetMaster(int link, int master) ->
                    "set the master of link %d to %d".formatted(link, master);
            case SetBridgePort(int link, boolean hairpin, boolean isolated) ->
                    "set port %d hairpin %s, isolated %s"
                            .formatted(link, hairpin ? "on" : "off", isolated ? "on" : "off");
            case AddBridgeVlans(int link, var vlans) ->
                    "let port %d carry VLANs %d to %d".formatted(link, vlans.first(), vlans.last());
            case DeleteBridgeVlans(int link, int first, int last) ->
                    "take VLANs %d to %d of port %d".formatted(first, last, link);
            case MoveLink(int link, var to, String name) ->
                    "move link %d to %s as %s".formatted(link, to.path(), name);
            case SetAlias(int link, String alias) ->
                    "set the alias of link %d to \"%s\"".formatted(link, alias);
            case AddAltName(int link, String name) ->
                    "give link %d the further name %s".formatted(link, name);
            case DeleteAltName(int link, String name) ->
                    "delete the name %s of link %d".formatted(name, link);
            case SetVirtualFunction(int physical, int index, var setting) ->
                    "set %s of virtual function %d of link %d".formatted(setting, index, physical);
            case DeleteLink(int link) -> "delete link " + link;
            case DeleteGroup(int group) -> "delete the links of group " + group;
            case AddAddress(int link, var address) ->
                    "add address %s to link %d".formatted(address, link);
            case DeleteAddress(int link, var address) ->
                    "delete address %s of link %d".formatted(address, link);
            case AddRoute(Route route) -> "add route " + route(route);
            case DeleteRoute(Route route) -> "delete route " + route(route);
            case AddRule(Rule rule) -> "add rule " + rule(rule);
            case DeleteRule(Rule rule) -> "delete rule " + rule(rule);
            case AddNeighbour(Neighbour neighbour) -> "add neighbour " + neighbour(neighbour);
            case DeleteNeighbour(Neighbour neighbour) -> "delete neighbour " + neighbour(neighbour);
        };
    }

    private static String spec(LinkSpec spec) {
        String name = spec.head().name();
        return switch (spec) {
            case LinkSpec.Veth veth -> "%s (veth, peer %s)".formatted(name, veth.peer().name());
            case LinkSpec.Ipvlan ipvlan -> "%s (ipvlan on %d)".formatted(name, ipvlan.parent());
            case LinkSpec.Macvlan macvlan -> "%s (macvlan on %d)".formatted(name, macvlan.parent());
            case LinkSpec.Vlan vlan ->
                    "%s (vlan %d on %d)".formatted(name, vlan.id(), vlan.parent());
            case LinkSpec.Bridge bridge -> name + " (bridge)";
            case LinkSpec.Other other -> "%s (%s)".formatted(name, other.kind());
        };
    }

    private static String route(Route route) {
        return route.destination()
                + route.gateway().map(via -> " via " + Cidr.text(via)).orElse("")
                + (route.link().isPresent() ? " on link " + route.link().getAsInt() : "")
                + " in table "
                + Integer.toUnsignedString(route.table());
    }

    private static String rule(Rule rule) {
        return rule.priority()
                + rule.from().map(from -> " from " + from).orElse("")
                + rule.to().map(to -> " to " + to).orElse("")
                + rule.incoming().map(name -> " iif " + name).orElse("")
                + " lookup "
                + Integer.toUnsignedString(rule.table());
    }

    private static String neighbour(Neighbour neighbour) {
        return "%s at %s on link %d"
                .formatted(Cidr.text(neighbour.address()), neighbour.mac(), neighbour.link());
    }
}
