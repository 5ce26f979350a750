package io.patchbay.bridge;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;

/// The pods whose packets leave the node with its own address, except to their own subnet and to
/// groups. All of them are in the sets of one table; the number of rules is constant. A note names
/// what a pod has in the sets, for its lease is not known to a DEL after a crashed ADD.
final class Masquerade {
    private static final String FAMILY = "inet";
    private static final String TABLE = "patchbay_masquerade";

    /// @param addresses of the pod, each with its subnet
    record Note(AttachmentId id, List<String> addresses) {}

    private final Journal<Note> journal;
    // Additions do not disturb each other; a removal looks at all notes.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Lock adding = lock.readLock();
    private final Lock removing = lock.writeLock();

    Masquerade(Journal<Note> journal) {
        this.journal = journal;
    }

    /// Also makes good what is missing, for `nft flush ruleset` spares nobody.
    void add(Netns host, AttachmentId id, List<Cidr> addresses) {
        if (!addresses.isEmpty()) {
            under(
                    adding,
                    () -> {
                        journal.write(
                                key(id),
                                new Note(id, addresses.stream().map(Cidr::toString).toList()));
                        apply(host, RULES, addresses, "add");
                    });
        }
    }

    private static void under(Lock lock, Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /// Puts back what was lost while no one watched, such as a reload of the host's own rules.
    void restore(Netns host) {
        under(
                removing,
                () -> {
                    List<Cidr> all = addresses(journal.all().values());
                    if (!all.isEmpty()) {
                        apply(host, RULES, all, "add");
                    }
                });
    }

    /// Idempotent. An address that another note names by now is that one's.
    void remove(Netns host, AttachmentId id) {
        under(removing, () -> removeAlone(host, id));
    }

    private void removeAlone(Netns host, AttachmentId id) {
        Optional<Note> note = journal.find(key(id));
        if (note.isEmpty()) {
            return;
        }
        List<Cidr> own = new ArrayList<>(addresses(List.of(note.get())));
        own.removeAll(
                addresses(
                        journal.all().values().stream()
                                .filter(other -> !other.id().equals(id))
                                .toList()));
        if (!own.isEmpty() && !host.nft().list(FAMILY, TABLE).isEmpty()) {
            // What is added first can be deleted without asking whether it is there.
            apply(host, RULES, own, "add", "delete");
        }
        journal.erase(key(id));
    }

    void removeAllBut(Netns host, String network, Set<AttachmentId> valid) {
        journal.all().values().stream()
                .map(Note::id)
                .filter(id -> id.network().equals(network) && !valid.contains(id))
                .toList()
                .forEach(id -> remove(host, id));
    }

    void check(Netns host, List<Cidr> addresses) {
        String table = host.nft().list(FAMILY, TABLE);
        for (Cidr address : addresses) {
            String source = Cidr.text(address.address());
            if (!Pattern.compile("(?<![0-9a-f:.])" + Pattern.quote(source) + "(?![0-9a-f:.])")
                    .matcher(table)
                    .find()) {
                throw CniException.changed(
                        "address %s should be masqueraded, and table %s %s does not hold it"
                                .formatted(source, FAMILY, TABLE));
            }
        }
    }

    private static String key(AttachmentId id) {
        return id.ifName() + "@" + id.containerId();
    }

    private static List<Cidr> addresses(Collection<Note> notes) {
        return notes.stream().flatMap(note -> note.addresses().stream()).map(Cidr::parse).toList();
    }

    private static void apply(Netns host, String rules, List<Cidr> addresses, String... verbs) {
        StringBuilder transaction = new StringBuilder(rules);
        for (String verb : verbs) {
            addresses.forEach(address -> transaction.append(elements(verb, address)));
        }
        host.nft().apply(transaction.toString());
    }

    private static String elements(String verb, Cidr address) {
        String source = Cidr.text(address.address());
        String number = address.isIpv6() ? "6" : "4";
        return """
        %1$s element inet patchbay_masquerade pods%2$s { %3$s }
        %1$s element inet patchbay_masquerade near%2$s { %3$s . %4$s }
        """
                .formatted(verb, number, source, address.network());
    }

    // Declared anew each time: declaring what is there changes nothing, and the chain is replaced
    // within the transaction.
    private static final String RULES =
            """
            add table inet patchbay_masquerade
            add set inet patchbay_masquerade pods4 { type ipv4_addr; }
            add set inet patchbay_masquerade pods6 { type ipv6_addr; }
            add set inet patchbay_masquerade near4 { type ipv4_addr . ipv4_addr; flags interval; }
            add set inet patchbay_masquerade near6 { type ipv6_addr . ipv6_addr; flags interval; }
            add chain inet patchbay_masquerade postrouting { type nat hook postrouting priority srcnat; }
            flush chain inet patchbay_masquerade postrouting
            add rule inet patchbay_masquerade postrouting ip daddr 224.0.0.0/4 return
            add rule inet patchbay_masquerade postrouting ip6 daddr ff00::/8 return
            add rule inet patchbay_masquerade postrouting ip saddr . ip daddr @near4 return
            add rule inet patchbay_masquerade postrouting ip6 saddr . ip6 daddr @near6 return
            add rule inet patchbay_masquerade postrouting ip saddr @pods4 masquerade
            add rule inet patchbay_masquerade postrouting ip6 saddr @pods6 masquerade
            """;
}
