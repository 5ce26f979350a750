package io.patchbay.dpdk.pod;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A network that a pod is attached to, as network-status tells it.
///
/// @param name `namespace/name`; of the cluster's own network the name alone
/// @param ifName empty where the attachment has no name inside
/// @param mac in small letters
/// @param mtu empty where not told
/// @param isDefault whether it is the cluster's own
public record PodNetwork(
        String name,
        Optional<String> ifName,
        List<InetAddress> ips,
        Optional<String> mac,
        OptionalInt mtu,
        boolean isDefault,
        NetworkDevice device) {
    public PodNetwork {
        ips = List.copyOf(ips);
    }

    PodNetwork with(NetworkDevice other) {
        return new PodNetwork(name, ifName, ips, mac, mtu, isDefault, other);
    }

    /// For messages.
    String title() {
        return ifName.map(link -> "%s (%s)".formatted(name, link)).orElse(name);
    }
}
