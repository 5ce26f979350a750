package io.patchbay.ipvlan;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.net.Cidr;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the living attachments have of each parent: its mode and flag, and addresses. The links
/// themselves cannot be asked: they are in the pods' namespaces. What somebody else attached in a
/// namespace of its own is therefore not known here.
final class ParentUses {
    /// @param netns {@link Place#number} of the parent's
    /// @param parent the parent's index
    /// @param mode what all links of the parent share, as is `flag`; or nothing
    record Use(
            AttachmentId id,
            long netns,
            int parent,
            String mode,
            String flag,
            List<String> addresses) {

        static Use of(AttachmentId id, Parent parent, Lease lease) {
            return new Use(
                    id,
                    parent.place().number(),
                    parent.index(),
                    "",
                    "",
                    lease.ips().stream().map(ip -> Cidr.text(ip.address().address())).toList());
        }

        Use with(IpvlanConfig config) {
            return new Use(
                    id,
                    netns,
                    parent,
                    UpperLinkConfig.word(config.chosenMode()),
                    UpperLinkConfig.word(config.chosenFlag()),
                    addresses);
        }

        private boolean meets(Use other) {
            return netns == other.netns && parent == other.parent && !id.equals(other.id);
        }

        private boolean differs(Use other) {
            return !(mode.equals(other.mode) && flag.equals(other.flag));
        }

        private boolean shares(Use other) {
            return !Collections.disjoint(addresses, other.addresses);
        }
    }

    private final Journal<Use> journal;
    private final Map<String, Use> uses;

    ParentUses(Journal<Use> journal) {
        this.journal = journal;
        this.uses = new ConcurrentHashMap<>(journal.all());
    }

    private Stream<Use> others(Use wanted, Predicate<Use> conflict) {
        return uses.values().stream().filter(wanted::meets).filter(conflict);
    }

    /// Refuses to change what another attachment relies on.
    ///
    /// @param parent its name
    void refuseOther(Use wanted, String parent) {
        others(wanted, wanted::differs)
                .findFirst()
                .ifPresent(other -> {
                    throw CniException.invalidConfig(
                            "\"mode\" is \"%s\" and \"flag\" is \"%s\", but %s uses link %s with %s and %s: all ipvlan links of a parent share both; name another \"master\""
                                    .formatted(
                                            wanted.mode(),
                                            wanted.flag(),
                                            other.id(),
                                            parent,
                                            other.mode(),
                                            other.flag()));
                });
    }

    private void refuseTaken(Use wanted, String parent) {
        others(wanted, wanted::shares)
                .findFirst()
                .ifPresent(other -> {
                    String taken =
                            wanted.addresses().stream()
                                    .filter(other.addresses()::contains)
                                    .findFirst()
                                    .orElseThrow();
                    throw CniException.tryAgain(
                            "address %s is that of %s on the same parent, link %s: end that one, or give this one another address"
                                    .formatted(taken, other.id(), parent));
                });
    }

    /// Notes a use. An address that another one has is code 11, for its owner may leave. A use that
    /// cannot be written is there all the same until it is released.
    void claim(Use wanted, String parent) {
        take(wanted, parent);
        // Outside of the lock: nobody waits for somebody else's write.
        journal.writeLazily(wanted.id().noteKey(), wanted);
    }

    /// Two attachments that were both probed before either was made meet here.
    private synchronized void take(Use wanted, String parent) {
        refuseOther(wanted, parent);
        refuseTaken(wanted, parent);
        uses.put(wanted.id().noteKey(), wanted);
    }

    /// Idempotent.
    void release(AttachmentId id) {
        journal.erase(id.noteKey());
        uses.remove(id.noteKey());
    }

    void releaseAllBut(String network, Set<AttachmentId> valid) {
        uses.values().stream()
                .map(Use::id)
                .filter(id -> id.isLeftover(network, valid))
                .toList()
                .forEach(this::release);
    }
}
