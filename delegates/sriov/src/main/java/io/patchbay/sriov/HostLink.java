package io.patchbay.sriov;

import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;

/// A device's link as it was on the host. Its index tells whether a link that is found later is the
/// same one, or one that the driver made anew.
record HostLink(
        int index,
        String name,
        List<String> altNames,
        String alias,
        Optional<MacAddress> mac,
        int mtu,
        boolean up) {

    static HostLink of(Link link) {
        return new HostLink(
                link.index(),
                link.name(),
                link.altNames(),
                link.alias(),
                link.mac(),
                link.mtu(),
                link.up());
    }
}
