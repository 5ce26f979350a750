package io.patchbay.vpc.branch;

import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Nft;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The one table of nftables that tells the zone of connection tracking by incoming link, with a
/// map for all branches. There is none where there is no branch to tell of. For one thread at a
/// time.
final class ZoneTable {
    static final String FAMILY = "inet";
    static final String NAME = "patchbay-branch";

    /// Before connection tracking itself, which has priority -200.
    private static final String FRAME =
            """
            table inet patchbay-branch
            delete table inet patchbay-branch
            table inet patchbay-branch {
                map zones {
                    typeof iifname : ct zone
                }
                chain arrivals {
                    type filter hook prerouting priority raw; policy accept;
                    ct zone set iifname map @zones
                }
            }
            """;

    private static final Pattern ELEMENTS = Pattern.compile("elements = \\{[^}]*\\}");
    private static final Pattern ELEMENT = Pattern.compile("\"([^\"]+)\" : ([0-9]+)");

    private final Nft nft;
    private String frame = "";

    ZoneTable(Nft nft) {
        this.nft = nft;
    }

    /// Whether something else is there. nft lists a table in other words than it was written in: so
    /// what is around the elements is compared with what was listed after it was written.
    boolean differs(Map<String, Integer> zones) {
        String listing = list();
        return zones.isEmpty()
                ? !listing.isEmpty()
                : !frame(listing).equals(frame) || !elements(listing).equals(zones);
    }

    /// Whether it is there with at least these zones.
    boolean has(Map<String, Integer> zones) {
        String listing = list();
        return zones.isEmpty()
                || (frame(listing).equals(frame)
                        && elements(listing).entrySet().containsAll(zones.entrySet()));
    }

    /// Puts it in the place of what is there; where the table is as it should be, its elements
    /// alone. One transaction.
    void write(Map<String, Integer> zones) {
        String listing = list();
        if (zones.isEmpty()) {
            if (!listing.isEmpty()) {
                nft.apply("delete table %s %s".formatted(FAMILY, NAME));
            }
            frame = "";
        } else if (!frame.isEmpty() && frame(listing).equals(frame)) {
            nft.apply("flush map %s %s zones\n".formatted(FAMILY, NAME) + added(zones));
        } else {
            nft.apply(FRAME + added(zones));
            frame = frame(list());
        }
    }

    private static String added(Map<String, Integer> zones) {
        return zones.entrySet().stream()
                .map(zone -> "\"%s\" : %d".formatted(zone.getKey(), zone.getValue()))
                .collect(
                        Collectors.joining(
                                ", ",
                                "add element %s %s zones { ".formatted(FAMILY, NAME),
                                " }\n"));
    }

    private static String frame(String listing) {
        return ELEMENTS.matcher(listing).replaceAll("");
    }

    private static Map<String, Integer> elements(String listing) {
        Map<String, Integer> elements = new TreeMap<>();
        Matcher block = ELEMENTS.matcher(listing);
        if (block.find()) {
            Matcher element = ELEMENT.matcher(block.group());
            while (element.find()) {
                elements.put(element.group(1), Integer.valueOf(element.group(2)));
            }
        }
        return elements;
    }

    /// A node without such branches may have no nftables at all.
    private String list() {
        try {
            return nft.list(FAMILY, NAME);
        } catch (KernelException e) {
            if (e.isAbsent()) {
                return "";
            }
            throw e;
        }
    }
}
