package io.patchbay.kernel.rtnl;

import io.patchbay.kernel.netlink.MessageWriter;
import io.patchbay.kernel.rtnl.address.AddressMessages;
import io.patchbay.kernel.rtnl.link.BridgeMessages;
import io.patchbay.kernel.rtnl.link.LinkCreation;
import io.patchbay.kernel.rtnl.link.LinkMessages;
import io.patchbay.kernel.rtnl.link.VirtualFunctionMessages;
import io.patchbay.kernel.rtnl.neighbour.NeighbourMessages;
import io.patchbay.kernel.rtnl.route.RouteMessages;
import io.patchbay.kernel.rtnl.rule.RuleMessages;
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

/// Each change as the one message that makes it.
final class Requests {
    private Requests() {}

    static void write(MessageWriter to, Change change) {
        switch (change) {
            case CreateLink create -> LinkCreation.write(to, create.spec());
            case SetUp set -> LinkMessages.setUp(to, set.link(), set.up());
            case Rename rename -> LinkMessages.rename(to, rename.link(), rename.name());
            case SetMtu set -> LinkMessages.setMtu(to, set.link(), set.mtu());
            case SetMac set -> LinkMessages.setMac(to, set.link(), set.mac());
            case SetPromiscuous set -> LinkMessages.setPromiscuous(to, set.link(), set.on());
            case SetAllMulticast set -> LinkMessages.setAllMulticast(to, set.link(), set.on());
            case SetArpNotify set -> LinkMessages.setArpNotify(to, set.link(), set.on());
            case SetTransmitQueueLength set ->
                    LinkMessages.setTransmitQueueLength(to, set.link(), set.length());
            case SetMaster set -> LinkMessages.setMaster(to, set.link(), set.master());
            case SetBridgePort set -> BridgeMessages.setPort(to, set);
            case AddBridgeVlans add -> BridgeMessages.addVlans(to, add.link(), add.vlans());
            case DeleteBridgeVlans delete ->
                    BridgeMessages.deleteVlans(to, delete.link(), delete.first(), delete.last());
            case MoveLink move -> LinkMessages.move(to, move.link(), move.to(), move.name());
            case SetAlias set -> LinkMessages.setAlias(to, set.link(), set.alias());
            case AddAltName add -> LinkMessages.addAltName(to, add.link(), add.name());
            case DeleteAltName delete ->
                    LinkMessages.deleteAltName(to, delete.link(), delete.name());
            case SetVirtualFunction set ->
                    VirtualFunctionMessages.set(to, set.physical(), set.index(), set.setting());
            case DeleteLink delete -> LinkMessages.delete(to, delete.link());
            case DeleteGroup delete -> LinkMessages.deleteGroup(to, delete.group());
            case AddAddress add -> AddressMessages.add(to, add.link(), add.address());
            case DeleteAddress delete ->
                    AddressMessages.delete(to, delete.link(), delete.address());
            case AddRoute add -> RouteMessages.add(to, add.route());
            case DeleteRoute delete -> RouteMessages.delete(to, delete.route());
            case AddRule add -> RuleMessages.add(to, add.rule());
            case DeleteRule delete -> RuleMessages.delete(to, delete.rule());
            case AddNeighbour add -> NeighbourMessages.add(to, add.neighbour());
            case DeleteNeighbour delete -> NeighbourMessages.delete(to, delete.neighbour());
        }
    }
}
