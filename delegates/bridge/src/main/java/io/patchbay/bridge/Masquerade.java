package io.patchbay.bridge;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The pods whose packets leave the node with its own address, except to their own subnet and to
/// groups.
final class Masquerade {
    // The backends of the reference plugins. Their users ask for packets that are masqueraded, and
    // whose rules do it is the node's affair.
    private static final Set<String> BACKENDS = Set.of("", "iptables", "nftables");

    private final PodSets sets;

    /// @param table one of the delegate's own: what another one notes is not known here
    Masquerade(Journal<PodSets.Note> journal, String table) {
        this.sets =
                new PodSets(
                        journal, new PodSets.Table("inet", table, RULES.replace("TABLE", table)));
    }

    static void requireKnown(Optional<String> backend) {
        backend.filter(name -> !BACKENDS.contains(name))
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "\"ipMasqBackend\" is \"%s\": it is nftables or iptables, and nftables does it for both"
                                    .formatted(name));
                });
    }

    /// Also makes good what is missing.
    void add(Netns host, AttachmentId id, List<Cidr> addresses) {
        sets.add(host, id, addresses.stream().flatMap(Masquerade::elements).toList());
    }

    private static Stream<String> elements(Cidr address) {
        String source = Cidr.text(address.address());
        String family = address.isIpv6() ? "6" : "4";
        return Stream.of(
                "pods%s %s".formatted(family, source),
                "near%s %s . %s".formatted(family, source, address.network()));
    }

    /// What pods have of it.
    PodSets sets() {
        return sets;
    }

    void check(Netns host, List<Cidr> addresses) {
        String table = sets.list(host);
        for (Cidr address : addresses) {
            String source = Cidr.text(address.address());
            if (!Pattern.compile("(?<![0-9a-f:.])" + Pattern.quote(source) + "(?![0-9a-f:.])")
                    .matcher(table)
                    .find()) {
                throw CniException.changed(
                        "address %s should be masqueraded, and table %s does not hold it"
                                .formatted(source, sets.name()));
            }
        }
    }

    // The chain is replaced within the transaction.
    private static final String RULES =
            """
            add table inet TABLE
            add set inet TABLE pods4 { type ipv4_addr; }
            add set inet TABLE pods6 { type ipv6_addr; }
            add set inet TABLE near4 { type ipv4_addr . ipv4_addr; flags interval; }
            add set inet TABLE near6 { type ipv6_addr . ipv6_addr; flags interval; }
            add chain inet TABLE postrouting { type nat hook postrouting priority srcnat; }
            flush chain inet TABLE postrouting
            add rule inet TABLE postrouting ip daddr 224.0.0.0/4 return
            add rule inet TABLE postrouting ip6 daddr ff00::/8 return
            add rule inet TABLE postrouting ip saddr . ip daddr @near4 return
            add rule inet TABLE postrouting ip6 saddr . ip6 daddr @near6 return
            add rule inet TABLE postrouting ip saddr @pods4 masquerade
            add rule inet TABLE postrouting ip6 saddr @pods6 masquerade
            """;
}
