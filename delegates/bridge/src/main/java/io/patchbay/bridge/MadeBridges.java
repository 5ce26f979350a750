package io.patchbay.bridge;

import io.patchbay.spi.Journal;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.DeleteLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// The bridges that were made here, and what they were given: what may be removed with the last
/// port. Callers see to it that nobody plugs a port in meanwhile.
final class MadeBridges {
    /// @param mac that the bridge was made with. A bridge of the name with another one is not the
    ///   same: somebody made it anew
    /// @param addresses each the name of a link, a space, and its address
    /// @param removable whether a network that used it wants it gone with its last port
    record Note(String bridge, MacAddress mac, List<String> addresses, boolean removable) {}

    private final Journal<Note> journal;

    MadeBridges(Journal<Note> journal) {
        this.journal = journal;
    }

    void willMake(String name, MacAddress mac, boolean removable) {
        journal.writeLazily(name, new Note(name, mac, List.of(), removable));
    }

    /// Notes addresses that a link of a bridge is about to get, if the bridge was made here.
    synchronized void willAddress(Link bridge, Link link, List<Cidr> addresses) {
        Optional<Note> made = find(bridge);
        if (made.isEmpty()) {
            return;
        }
        Note note = made.get();
        Set<String> all = new LinkedHashSet<>(note.addresses());
        addresses.stream().map(address -> link.name() + " " + address).forEach(all::add);
        if (all.size() > note.addresses().size()) {
            journal.writeLazily(
                    bridge.name(),
                    new Note(bridge.name(), note.mac(), List.copyOf(all), note.removable()));
        }
    }

    /// Notes that a bridge is to go with its last port, if it was made here.
    void willRemove(Link bridge) {
        if (find(bridge).filter(note -> !note.removable()).isPresent()) {
            noteRemovable(bridge);
        }
    }

    private synchronized void noteRemovable(Link bridge) {
        find(bridge)
                .ifPresent(note ->
                        journal.writeLazily(
                                bridge.name(),
                                new Note(note.bridge(), note.mac(), note.addresses(), true)));
    }

    private Optional<Note> find(Link bridge) {
        return journal.find(bridge.name())
                .filter(note -> bridge.kind().equals("bridge"))
                .filter(note -> bridge.mac().equals(Optional.of(note.mac())));
    }

    /// The names of those that are to go with their last port.
    List<String> removable() {
        return journal.all().values().stream().filter(Note::removable).map(Note::bridge).toList();
    }

    /// Removes a bridge that was made here and that nobody uses any more. Idempotent. Of one that
    /// is not there, or was made by somebody else since, the note goes.
    void removeIfUnused(Netns host, String name) {
        Optional<Link> bridge = host.rtnl().find(name);
        Optional<Note> made = bridge.flatMap(this::find);
        if (made.isEmpty()) {
            journal.erase(name);
        } else if (remove(host, bridge.get(), made.get())) {
            journal.erase(name);
        }
    }

    private static boolean remove(Netns host, Link bridge, Note made) {
        List<Link> links = host.rtnl().links();
        List<Link> own = own(host, made, bridge, links);
        List<Link> parts = new ArrayList<>(own);
        own.forEach(gateway -> VlanGateway.port(host, gateway).ifPresent(parts::add));
        if (links.stream().anyMatch(link -> uses(link, bridge, parts))
                || !areNoted(host, made, own)) {
            return false;
        }
        host.rtnl()
                .apply(
                        own.reversed().stream()
                                .<Change>map(link -> new DeleteLink(link.index()))
                                .toList());
        return true;
    }

    /// The bridge, and the gateways on its VLANs that were made for it.
    private static List<Link> own(Netns host, Note made, Link bridge, List<Link> links) {
        return Stream.concat(
                        Stream.of(bridge),
                        links.stream().filter(link -> isGateway(host, made, bridge, link)))
                .toList();
    }

    private static boolean isGateway(Netns host, Note made, Link bridge, Link link) {
        return link.name().startsWith(bridge.name() + ".")
                && made.addresses().stream().anyMatch(noted -> noted.startsWith(link.name() + " "))
                && VlanGateway.port(host, link)
                        .filter(port -> port.master().equals(OptionalInt.of(bridge.index())))
                        .isPresent();
    }

    /// Whether a link is a port of the bridge, or sits on it, and is not one of its parts.
    private static boolean uses(Link link, Link bridge, List<Link> parts) {
        OptionalInt index = OptionalInt.of(bridge.index());
        return (link.master().equals(index) || link.parent().equals(index))
                && parts.stream().noneMatch(part -> part.index() == link.index());
    }

    private static boolean areNoted(Netns host, Note made, List<Link> own) {
        return own.stream()
                .flatMap(link ->
                        host.rtnl().addresses(link.index()).stream()
                                .filter(address -> !address.address().isLinkLocalAddress())
                                .map(address -> link.name() + " " + address))
                .allMatch(made.addresses()::contains);
    }
}
