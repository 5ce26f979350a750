package io.patchbay.cloud;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Nft;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The source/destination check of a VPC, as one table of the fabric.
final class SourceCheck {
    private static final String FAMILY = "ip";
    private static final String TABLE = "vpc";
    private static final String ELEMENT = "%s element ip vpc assigned { \"%s\" . %s }";

    private final Nft nft;

    SourceCheck(Nft nft) {
        this.nft = nft;
    }

    /// Before the routing decision, so that nothing else drops what is to be counted.
    void install() {
        nft.apply(
                """
                table ip vpc {
                    set assigned { type ifname . ipv4_addr; }
                    counter foreign_source { }
                    counter foreign_destination { }
                    chain prerouting {
                        type filter hook prerouting priority raw; policy accept;
                        iifname != "eni*" accept
                        iifname . ip saddr @assigned accept
                        counter name foreign_source drop
                    }
                    chain forward {
                        type filter hook forward priority filter; policy accept;
                        oifname . ip daddr @assigned accept
                        counter name foreign_destination drop
                    }
                }
                """);
    }

    void permit(String link, InetAddress address) {
        nft.apply(ELEMENT.formatted("add", link, Cidr.text(address)));
    }

    void forbid(String link, InetAddress address) {
        nft.apply(ELEMENT.formatted("delete", link, Cidr.text(address)));
    }

    Dropped dropped() {
        String table = nft.list(FAMILY, TABLE);
        return new Dropped(packets(table, "foreign_source"), packets(table, "foreign_destination"));
    }

    private static long packets(String table, String counter) {
        Matcher matcher =
                Pattern.compile("counter " + counter + " \\{\\s*packets (\\d+)").matcher(table);
        if (!matcher.find()) {
            throw new IllegalStateException("no counter %s in %s".formatted(counter, table));
        }
        return Long.parseLong(matcher.group(1));
    }
}
