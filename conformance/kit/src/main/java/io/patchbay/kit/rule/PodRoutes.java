package io.patchbay.kit.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/// The destinations of a namespace's routes, in every table, as `ip` writes them.
final class PodRoutes {
    private PodRoutes() {}

    static List<String> in(Witness witness) {
        List<String> destinations = new ArrayList<>();
        for (String family : List.of("-4", "-6")) {
            for (JsonNode route :
                    witness.json("ip", "-j", family, "route", "show", "table", "all")) {
                String told = route.path("dst").asText();
                destinations.add(told.equals("default") ? family + " default" : told);
            }
        }
        return destinations;
    }

    /// Deletes every route to a destination, whichever table it is in.
    static void delete(Witness witness, Cidr destination) {
        String family = destination.isIpv6() ? "-6" : "-4";
        for (JsonNode route :
                witness.json(
                        "ip",
                        "-j",
                        family,
                        "route",
                        "show",
                        "table",
                        "all",
                        "exact",
                        destination.toString())) {
            String table = route.path("table").asText("main");
            witness.run("ip", family, "route", "del", destination.toString(), "table", table);
        }
    }

    /// The default routes of the families are told apart; an address alone bears no prefix.
    static String destination(Cidr cidr) {
        if (cidr.prefix() == 0) {
            return (cidr.isIpv6() ? "-6" : "-4") + " default";
        }
        int whole = cidr.isIpv6() ? 128 : 32;
        return cidr.prefix() == whole ? cidr.address().getHostAddress() : cidr.toString();
    }
}
