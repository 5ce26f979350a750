package io.patchbay.bench;

import java.nio.file.Path;
import java.util.Locale;

/// What all interfaces of a pod are.
enum Kind {
    BRIDGE(0, "\"bridge\": \"%s\""),
    MACVLAN(1, "\"master\": \"media0\", \"mode\": \"bridge\""),
    IPVLAN(2, "\"master\": \"media2\", \"mode\": \"l2\"");

    private final int number;
    private final String keys;

    Kind(int number, String keys) {
        this.number = number;
        this.keys = keys;
    }

    /// The plugin's name.
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The configuration of one of a pod's networks.
    ///
    /// @param position of the interface in its pod, from 0; at most 15
    String network(Side side, int position) {
        return """
        {"cniVersion": "1.0.0", "name": "%1$s-%2$s-%3$d", "type": "%2$s", %4$s,
         "ipam": {"type": "host-local", "subnet": "10.%5$d.0.0/16", "dataDir": "%6$s"}}
        """
                .formatted(
                        side.name(),
                        type(),
                        position,
                        keys.formatted(side.name()),
                        side.subnets() + 16 * number + position,
                        side.leases());
    }

    /// Whose network it is: nobody's addresses or bridges are another's.
    ///
    /// @param name of its bridge, too
    /// @param subnets the second octet of its first address
    /// @param leases host-local's data directory
    record Side(String name, int subnets, Path leases) {}
}
