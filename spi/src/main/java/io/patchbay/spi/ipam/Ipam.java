package io.patchbay.spi.ipam;

/// The addresses of one step of one attachment. The core releases them after the step's `del`;
/// those that are asked for over the link, before it too.
public interface Ipam {
    /// Whether the network's configuration has an `ipam` section; for a delegate that cannot do
    /// with one, or without.
    default boolean isConfigured() {
        return true;
    }

    /// Whether the addresses are asked for over the link itself, as by DHCP: then it is in the pod,
    /// by the interface's name and up, before {@link #acquire}.
    default boolean needsLink() {
        return false;
    }

    /// Takes the addresses; a second call gives the same ones. Empty where the network's
    /// configuration has no `ipam` section.
    Lease acquire();

    /// As above, for a link whose uplink is known. A source may need it: one that gives what a
    /// cloud has assigned to that link gives nothing else.
    default Lease acquire(Uplink uplink) {
        return acquire();
    }

    /// Refuses what {@link #acquire(Uplink)} would, as far as the source can tell without an
    /// effect; for a delegate's `probe`.
    default void probe(Uplink uplink) {}
}
