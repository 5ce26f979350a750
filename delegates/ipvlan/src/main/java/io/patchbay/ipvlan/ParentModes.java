package io.patchbay.ipvlan;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Link;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which mode and flag the living attachments use on each parent. The links themselves cannot be
/// asked: they are in the pods' namespaces. What somebody else attached in a namespace of its own
/// is therefore not known here.
final class ParentModes {
    /// @param parent the parent's index
    record Use(AttachmentId id, int parent, String mode, String flag) {}

    private final Journal<Use> journal;
    private final Map<String, Use> uses;

    ParentModes(Journal<Use> journal) {
        this.journal = journal;
        this.uses = new ConcurrentHashMap<>(journal.all());
    }

    /// Refuses to change what another attachment relies on.
    void refuseOther(AttachmentId id, Link parent, IpvlanConfig config) {
        Use wanted = use(id, parent, config);
        for (Use other : uses.values()) {
            if (other.parent() == wanted.parent()
                    && !other.id().equals(id)
                    && !(other.mode().equals(wanted.mode())
                            && other.flag().equals(wanted.flag()))) {
                throw CniException.invalidConfig(
                        "\"mode\" is \"%s\" and \"flag\" is \"%s\", but %s uses link %s with %s and %s: all ipvlan links of a parent share both; name another \"master\""
                                .formatted(
                                        wanted.mode(),
                                        wanted.flag(),
                                        other.id(),
                                        parent.name(),
                                        other.mode(),
                                        other.flag()));
            }
        }
    }

    /// Two attachments that were both probed before either was made meet here.
    synchronized void claim(AttachmentId id, Link parent, IpvlanConfig config) {
        refuseOther(id, parent, config);
        Use use = use(id, parent, config);
        journal.write(key(id), use);
        uses.put(key(id), use);
    }

    synchronized void release(AttachmentId id) {
        journal.erase(key(id));
        uses.remove(key(id));
    }

    synchronized void releaseAllBut(String network, Set<AttachmentId> valid) {
        uses.values().stream()
                .map(Use::id)
                .filter(id -> id.network().equals(network) && !valid.contains(id))
                .toList()
                .forEach(this::release);
    }

    private static Use use(AttachmentId id, Link parent, IpvlanConfig config) {
        return new Use(
                id,
                parent.index(),
                UpperLinkConfig.word(config.chosenMode()),
                UpperLinkConfig.word(config.chosenFlag()));
    }

    private static String key(AttachmentId id) {
        return id.ifName() + "@" + id.containerId();
    }
}
