package io.patchbay.userspace;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The book of who is on which wire, durable. Safe from any thread; no lock is held over a write.
final class Members {
    private final Journal<Member> journal;
    private final Map<String, Member> all;

    /// Wires that are being taken down.
    private final Set<String> ending = new HashSet<>();

    Members(Journal<Member> journal) {
        this.journal = journal;
        this.all = new HashMap<>(journal.all());
    }

    synchronized Optional<Member> find(AttachmentId id, int step) {
        return Optional.ofNullable(all.get(Member.key(id, step)));
    }

    synchronized List<Member> all() {
        return List.copyOf(all.values());
    }

    /// Code 11 where another is on the wire that cannot be there beside it.
    synchronized void refuseUnfit(Member member) {
        if (ending.contains(member.wire())) {
            throw CniException.tryAgain(
                    "wire %s is being taken down after its last pod".formatted(member.wire()));
        }
        for (Member other : all.values()) {
            if (other.wire().equals(member.wire()) && !other.key().equals(member.key())) {
                member.conflict(other).ifPresent(why -> refuse(member, other, why));
            }
        }
    }

    private static void refuse(Member member, Member other, String why) {
        throw CniException.tryAgain(
                "wire %s: %s is on it with %s, and %s would be with %s: %s"
                        .formatted(
                                member.wire(),
                                other.owner(),
                                other.end().told(),
                                member.owner(),
                                member.end().told(),
                                why));
    }

    /// Durable when it returns; where it throws the note may be durable or not, and DEL ends it.
    void begin(Member member) {
        synchronized (this) {
            refuseUnfit(member);
            all.put(member.key(), member);
        }
        journal.write(member.key(), member);
    }

    /// As {@link #begin}, of one that has begun and knows more by now.
    void update(Member member) {
        synchronized (this) {
            all.put(member.key(), member);
        }
        journal.write(member.key(), member);
    }

    /// @param removal of the wire, for the last who leaves it. Nobody comes meanwhile; where it
    ///   throws, the member has not left
    void end(Member member, Runnable removal) {
        boolean last = leave(member);
        try {
            if (last) {
                removal.run();
            }
            journal.erase(member.key());
        } catch (RuntimeException e) {
            synchronized (this) {
                all.put(member.key(), member);
            }
            throw e;
        } finally {
            if (last) {
                synchronized (this) {
                    ending.remove(member.wire());
                }
            }
        }
    }

    private synchronized boolean leave(Member member) {
        all.remove(member.key());
        return all.values().stream().noneMatch(other -> other.wire().equals(member.wire()))
                && ending.add(member.wire());
    }
}
