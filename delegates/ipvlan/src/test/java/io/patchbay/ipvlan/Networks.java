package io.patchbay.ipvlan;

import io.patchbay.kit.rig.NodeRig;

/// A node with a parent link, and networks on it as a NAD has them.
final class Networks {
    static final String MAC = "02:00:00:00:00:77";

    /// An element of the networks annotation that asks for that address.
    static final String MAC_WISH = "{\"name\": \"network\", \"mac\": \"" + MAC + "\"}";

    static final String MAC_KEY = "\"mac\": \"02:00:00:00:00:99\"";

    private Networks() {}

    /// Gives the node `up0`, up and with the default route, and `up1`, its cable's other end.
    static void layParent(NodeRig rig) {
        run(rig, "ip link add up0 type veth peer name up1");
        run(rig, "ip link set up0 up");
        run(rig, "ip link set up1 up");
        run(rig, "ip address add 192.0.2.1/24 dev up0");
        run(rig, "ip route add default via 192.0.2.2");
    }

    static void run(NodeRig rig, String command) {
        rig.witness().run(command.split(" "));
    }

    /// @param keys such as `"mode": "l3"`, or nothing
    static String dualStack(NodeRig rig, String type, String keys) {
        return """
        {"cniVersion": "1.1.0", "name": "plain", "type": "%s", %s"ipam":
         {"type": "host-local", "dataDir": "%s",
          "ranges": [[{"subnet": "10.7.0.0/24"}], [{"subnet": "fd07::/64"}]],
          "routes": [{"dst": "172.30.0.0/16"}]}}\
        """
                .formatted(type, keys.isEmpty() ? "" : keys + ", ", rig.leases());
    }

    static String withoutAddresses(String type, String keys) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"plain\", \"type\": \"%s\"%s}"
                .formatted(type, keys.isEmpty() ? "" : ", " + keys);
    }

    /// With one address that the configuration gives.
    static String fixed(String type, String address, String keys) {
        return """
        {"cniVersion": "1.1.0", "name": "fixed", "type": "%s", "capabilities": {"mac": true}, %s
         "ipam": {"type": "static", "addresses": [{"address": "%s"}]}}\
        """
                .formatted(type, keys.isEmpty() ? "" : keys + ",", address);
    }
}
