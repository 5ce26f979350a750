package io.patchbay.meta.selftest;

import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// What ADD told, and what the kernel showed in the pod after it.
///
/// @param links all but the loopback
/// @param routes of the main table
/// @param gateways of the result and of the routes, and how each answered
record Seen(
        CniResult result,
        List<PodLink> links,
        List<Route> routes,
        Map<InetAddress, Reply> gateways) {
    record PodLink(Link link, List<Cidr> addresses) {}

    /// How a gateway answered.
    enum Reply {
        NEIGHBOUR("is there"),
        PING("answers a ping"),
        /// Its plugin wrote it into the neighbour table: nobody need answer.
        FIXED("is in the neighbour table for good"),
        NONE("");

        private final String words;

        Reply(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
