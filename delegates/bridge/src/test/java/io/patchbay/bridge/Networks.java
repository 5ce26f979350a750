package io.patchbay.bridge;

import java.nio.file.Path;

/// Networks as a NAD has them, on host-local leases of the rig.
final class Networks {
    private Networks() {}

    /// @param keys such as `"isGateway": true`, or nothing
    static String dualStack(Path leases, String keys) {
        return with(
                keys,
                """
                {"type": "host-local", "dataDir": "%s",
                 "ranges": [[{"subnet": "10.7.0.0/24"}], [{"subnet": "fd07::/64"}]],
                 "routes": [{"dst": "172.30.0.0/16"},
                            {"dst": "fd99::/32", "priority": 7, "table": 100, "mtu": 1400}]}\
                """
                        .formatted(leases));
    }

    static String fixed(String address, String keys) {
        return with(
                keys,
                "{\"type\": \"static\", \"addresses\": [{\"address\": \"%s\"}]}"
                        .formatted(address));
    }

    static String withoutAddresses(String keys) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"plain\", \"type\": \"bridge\"%s}"
                .formatted(keys.isEmpty() ? "" : ", " + keys);
    }

    private static String with(String keys, String ipam) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"plain\", \"type\": \"bridge\", %s\"ipam\": %s}"
                .formatted(keys.isEmpty() ? "" : keys + ", ", ipam);
    }
}
