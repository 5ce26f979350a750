package io.patchbay.spi.net;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// rtnetlink in one namespace. Safe from any thread. Every failure is a {@link KernelException}
/// that carries the kernel's own words. Source: rtnetlink(7), linux/rtnetlink.h.
public interface Rtnl {
    /// Makes the changes in their order, in one send. The exception names the first that failed;
    /// the kernel does not stop there, so later ones may have taken effect.
    void apply(List<? extends Change> changes);

    default void apply(Change... changes) {
        apply(List.of(changes));
    }

    Optional<Link> find(String name);

    Optional<Link> find(int index);

    List<Link> links();

    List<Cidr> addresses(int link);

    /// The routes of both families in a table; {@link Route#MAIN} is the main one.
    List<Route> routes(int table);

    /// The routing tables that somebody uses: a route of any type is in them, a rule of any kind
    /// looks them up, or a VRF has them for its own.
    ///
    /// @param besides a link whose own routes do not count; 0 for none
    default Set<Integer> tables(int besides) {
        throw new UnsupportedOperationException(
                "the tables besides those of link %d cannot be told".formatted(besides));
    }

    /// The routing rules of both families.
    List<Rule> rules();

    List<Neighbour> neighbours(int link);

    /// The VLANs that a port of a bridge carries. EINVAL for a link that is none; EOPNOTSUPP where
    /// bridges do not filter VLANs.
    default List<BridgeVlans> bridgeVlans(int port) {
        throw new UnsupportedOperationException("link %d has none to tell".formatted(port));
    }

    /// The virtual functions of a physical link, by their index from 0; none for any other link.
    /// EMSGSIZE where the kernel does not show all that it says there are: beyond some 335 its
    /// answer wraps around, silently. EOPNOTSUPP where the driver does not tell.
    default List<VirtualFunction> virtualFunctions(int physical) {
        throw new UnsupportedOperationException("link %d has none to tell".formatted(physical));
    }
}
