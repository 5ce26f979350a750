package io.patchbay.bridge;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.regex.Pattern;

/// The ports of bridges that take frames from one MAC address only, the pod's. Any other frame dies
/// before the bridge has learnt from it.
final class SpoofCheck {
    private final PodSets sets;

    SpoofCheck(Journal<PodSets.Note> journal) {
        this.sets = new PodSets(journal, new PodSets.Table("bridge", "patchbay_macspoof", RULES));
    }

    /// The port need not be there yet: its index is.
    void add(Netns host, AttachmentId id, VethPair pair) {
        sets.add(
                host,
                id,
                List.of(
                        "ports " + pair.hostIndex(),
                        "senders %d . %s".formatted(pair.hostIndex(), pair.podMac())));
    }

    /// What pods have of it.
    PodSets sets() {
        return sets;
    }

    boolean watches(AttachmentId id) {
        return !sets.find(id).isEmpty();
    }

    /// @param port whose name is what nft shows of its index
    void check(Netns host, AttachmentId id, Link port) {
        String table = sets.list(host);
        String shown = "(?:\"%s\"|\\b%d)".formatted(Pattern.quote(port.name()), port.index());
        List<String> noted = sets.find(id);
        boolean whole =
                !noted.isEmpty()
                        && noted.stream()
                                .map(element -> element.split(" ", 3))
                                .map(words ->
                                        shown
                                                + Pattern.quote(
                                                        words.length > 2 ? " " + words[2] : ""))
                                .allMatch(
                                        element -> Pattern.compile(element).matcher(table).find());
        if (!whole) {
            throw CniException.changed(
                    "port %s should take frames from the MAC address of its pod only, and table %s does not say so"
                            .formatted(port.name(), sets.name()));
        }
    }

    // Before the bridge learns (NF_BR_PRE_ROUTING), and before those who rewrite addresses there.
    private static final String RULES =
            """
            add table bridge patchbay_macspoof
            add set bridge patchbay_macspoof ports { type iface_index; }
            add set bridge patchbay_macspoof senders { type iface_index . ether_addr; }
            add chain bridge patchbay_macspoof prerouting { type filter hook prerouting priority -300; }
            flush chain bridge patchbay_macspoof prerouting
            add rule bridge patchbay_macspoof prerouting iif . ether saddr @senders accept
            add rule bridge patchbay_macspoof prerouting iif @ports drop
            """;
}
