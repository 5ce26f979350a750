package io.patchbay.sriov;

import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A device's link as it was on the host. Its index tells whether a link that is found later is the
/// same one, or one that the driver made anew.
///
/// @param device the hardware below, as {@link Link#device} tells it; empty for one of software
/// @param parent as {@link Link#parent}: a link of software stays on it wherever it goes
record HostLink(
        int index,
        String name,
        List<String> altNames,
        String alias,
        Optional<MacAddress> mac,
        int mtu,
        boolean up,
        Optional<String> device,
        String kind,
        OptionalInt parent) {

    static HostLink of(Link link) {
        return new HostLink(
                link.index(),
                link.name(),
                link.altNames(),
                link.alias(),
                link.mac(),
                link.mtu(),
                link.up(),
                link.device(),
                link.kind(),
                link.parent());
    }

    /// Whether a link, here or in a pod, is this one. Hardware is known by its place on its bus.
    /// One of software keeps its index, which is why no pod gets it that has a link of that index.
    boolean is(Link other) {
        if (device.isPresent() || other.device().isPresent()) {
            return device.equals(other.device());
        }
        return index == other.index() && kind.equals(other.kind()) && parent.equals(other.parent());
    }
}
