package io.patchbay.vpc.pool;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Eni;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The pool as it is now, and its notes. Safe from any thread; calls for one attachment come one
/// after the other. The lock is held for decisions only: notes are written beside each other.
public final class Addresses {
    private final Journal<AddressNote> journal;
    private final InstantSource clock;
    private final Duration cooldown;
    private Pool pool;

    /// Reads the notes.
    ///
    /// @param cooldown how long nobody gets an address that a pod had: other nodes may still send
    ///   to it
    public Addresses(Journal<AddressNote> journal, InstantSource clock, Duration cooldown) {
        this.journal = journal;
        this.clock = clock;
        this.cooldown = cooldown;
        Instant latest = clock.instant().plus(cooldown);
        this.pool =
                Pool.of(
                        journal.all().values().stream()
                                .map(AddressNote::holding)
                                .map(holding -> bounded(holding, latest))
                                .toList());
    }

    /// A clock that was set back must not hold an address for ever.
    private static Holding bounded(Holding holding, Instant latest) {
        return holding.coolsUntil()
                .filter(end -> end.isAfter(latest))
                .map(end -> holding.cooling(latest))
                .orElse(holding);
    }

    public synchronized Pool pool() {
        return pool;
    }

    /// Takes over what is attached, and which addresses are not ours to give. An address that went
    /// stays its owner's; one that came is free.
    public void learn(List<Eni> ready, Set<InetAddress> foreign) {
        List<Holding> over;
        synchronized (this) {
            pool = pool.knowing(ready, foreign);
            over = pool.over(clock.instant());
            over.forEach(holding -> pool = pool.without(holding.address()));
            // Within the lock: the next owner's note has the same key.
            over.forEach(this::erase);
        }
    }

    /// Whether an attachment has an address, or could get one; else why not.
    public synchronized Optional<String> refusal(AttachmentId owner) {
        return pool.heldBy(owner).isEmpty()
                        && pool.choose(clock.instant()) instanceof Choice.None no
                ? Optional.of(no.why())
                : Optional.empty();
    }

    /// Gives an attachment its address: the one it has, or a free one. Durable when it returns;
    /// when it throws, {@link #release} makes up for it.
    ///
    /// @param link the index of the attachment's link on the host
    public Optional<Holding> assign(AttachmentId owner, int link) {
        Holding holding;
        synchronized (this) {
            Optional<Holding> held = pool.heldBy(owner);
            if (held.isPresent()) {
                holding = held.get();
            } else if (pool.choose(clock.instant()) instanceof Choice.Free free) {
                Eni eni = free.eni();
                holding =
                        new Holding(
                                free.address(),
                                owner,
                                eni.id(),
                                eni.table(),
                                link,
                                Optional.empty());
            } else {
                return Optional.empty();
            }
            pool = pool.with(holding);
        }
        journal.write(key(holding), AddressNote.of(holding));
        return Optional.of(holding);
    }

    public synchronized Optional<Holding> find(AttachmentId owner) {
        return pool.heldBy(owner);
    }

    /// Takes an attachment's address back. Idempotent, and durable when it returns.
    ///
    /// @param used whether a pod may have used it, so that it has to cool
    public void release(AttachmentId owner, boolean used) {
        Optional<Holding> held = find(owner);
        if (held.isEmpty()) {
            return;
        }
        if (!used || cooldown.isZero()) {
            erase(held.get());
            change(held.get(), Optional.empty());
        } else {
            Holding cooling = held.get().cooling(clock.instant().plus(cooldown));
            journal.write(key(cooling), AddressNote.of(cooling));
            change(held.get(), Optional.of(cooling));
        }
    }

    private synchronized void change(Holding from, Optional<Holding> to) {
        pool = to.map(pool::with).orElseGet(() -> pool.without(from.address()));
    }

    private void erase(Holding holding) {
        journal.erase(key(holding));
    }

    private static String key(Holding holding) {
        return Cidr.text(holding.address());
    }
}
