package io.patchbay.vpc.pool;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.eni.Eni;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The addresses of this node's pods: what is assigned to the node, who has which, and its notes.
/// Safe from any thread; calls for one attachment come one after the other. Notes are written
/// beside each other.
public final class Addresses {
    /// The share of its cooldown that an address gets in any case. Kube-proxy has long forgotten a
    /// pod by then (it writes its rules within a second of the endpoint's change); the rest of the
    /// cooldown is for nodes that lag.
    private static final int CERTAIN_SHARE = 3;

    private final AddressNotes notes;
    private final InstantSource clock;
    private final Duration cooldown;
    private final SharedPool shared;
    private Changes changes = Changes.NONE;

    /// Reads the notes.
    ///
    /// @param cooldown how long nobody gets an address that a pod had: other nodes may still send
    ///   to it
    public Addresses(Journal<AddressNote> journal, InstantSource clock, Duration cooldown) {
        this.notes = new AddressNotes(journal);
        this.clock = clock;
        this.cooldown = cooldown;
        Pool known = Pool.of(notes.read(clock.instant().plus(cooldown)));
        this.shared = new SharedPool(known, clock);
    }

    public Pool pool() {
        return shared.now();
    }

    /// How many wait for an address.
    public int waiting() {
        return shared.waiting();
    }

    /// How many wait for an address of a kind.
    public int waiting(Demand demand) {
        return shared.waiting(demand);
    }

    /// What is waited for.
    public Set<Demand> demands() {
        return shared.demands();
    }

    /// How many addresses were given before they had cooled.
    public long early() {
        return shared.early();
    }

    /// Lets those who wait for a change look, though the pool is the same.
    public void touch() {
        shared.change(UnaryOperator.identity());
    }

    /// Waits for a change: of the pool, or of who waits for it.
    ///
    /// @param seen what the last call returned; 0 at first
    /// @return a number for the next call
    public long awaitChange(long seen, Duration patience) throws InterruptedException {
        return shared.awaitChange(seen, patience);
    }

    public void learn(List<Eni> ready, Set<InetAddress> foreign) {
        learn(ready, foreign, Set.of());
    }

    /// Takes over what is attached, and which addresses are not ours to give. An address that went
    /// stays its owner's; one that came is free. What EC2 confirmed within the last minute is
    /// believed more than what is told here, for that may be older.
    ///
    /// @param closed the ids of interfaces that take no further pods
    public void learn(List<Eni> ready, Set<InetAddress> foreign, Set<String> closed) {
        shared.change(before -> {
            Instant now = clock.instant();
            changes = changes.since(now);
            List<Eni> corrected =
                    ready.stream().flatMap(eni -> changes.corrected(eni).stream()).toList();
            Pool pool = before.knowing(corrected, foreign, closed);
            for (Holding over : pool.over(now)) {
                pool = pool.without(over.address());
                // Within the lock: the next owner's note has the same key.
                notes.erase(over);
            }
            return pool;
        });
    }

    /// Takes in blocks that EC2 has assigned to an interface which is ready.
    public void gain(String id, Collection<Cidr> blocks) {
        shared.change(pool -> {
            changes = changes.with(id, blocks, true, clock.instant());
            return corrected(pool, id);
        });
    }

    private Pool corrected(Pool pool, String id) {
        return pool.eni(id).flatMap(changes::corrected).map(pool::with).orElse(pool);
    }

    /// Sets aside what is to be returned, before EC2 is asked: from now on nobody gets it.
    ///
    /// @return whether it could be; not where somebody has got an address of it meanwhile
    public boolean reserve(Action action) {
        return shared.take(pool -> {
            List<Cidr> blocks = returned(pool, action);
            boolean unused =
                    Tally.of(pool, clock.instant()).enis().stream()
                            .flatMap(one -> one.blocks().stream())
                            .filter(block -> blocks.contains(block.block()))
                            .allMatch(Tally.OfBlock::isUnused);
            return unused ? Optional.of(pool.returning(blocks)) : Optional.empty();
        });
    }

    /// EC2 has confirmed: only now the pool forgets it.
    public void confirm(Action action) {
        shared.change(pool -> {
            List<Cidr> blocks = returned(pool, action);
            Pool after = pool.notReturning(blocks);
            return switch (action) {
                case Action.Unassign(String id, _) -> {
                    changes = changes.with(id, blocks, false, clock.instant());
                    yield corrected(after, id);
                }
                case Action.Remove(String id) -> {
                    changes = changes.without(id, clock.instant());
                    yield after.without(id);
                }
                case Action.Assign _, Action.Create _ -> after;
            };
        });
    }

    /// EC2 has refused: the pool is as it was.
    public void keep(Action action) {
        shared.change(pool -> pool.notReturning(returned(pool, action)));
    }

    private static List<Cidr> returned(Pool pool, Action action) {
        return switch (action) {
            case Action.Unassign(_, List<Cidr> blocks) -> blocks;
            case Action.Remove(String id) -> pool.eni(id).map(Eni::blocks).orElse(List.of());
            case Action.Assign _, Action.Create _ -> List.of();
        };
    }

    /// Whether there can be more addresses of a kind at this time. While not, those who need one
    /// get that which has cooled longest, once a third of its cooldown is over.
    public void full(Demand demand, boolean full) {
        Duration certain = cooldown.dividedBy(CERTAIN_SHARE);
        shared.cut(demand, full ? cooldown.minus(certain) : Duration.ZERO);
    }

    /// Takes over addresses of pods that were here before; durable when it returns. An address that
    /// somebody has stays as it is; one that cools is taken over, for it was given after that.
    public void adopt(Collection<Holding> holdings) {
        List<Holding> fresh = new ArrayList<>();
        shared.change(before -> {
            Pool pool = before;
            for (Holding holding : holdings) {
                if (pool.find(holding.address()).filter(Holding::isAssigned).isEmpty()) {
                    pool = pool.with(holding);
                    fresh.add(holding);
                }
            }
            return pool;
        });
        fresh.forEach(notes::write);
    }

    /// Whether an attachment has an address of a kind, or could get one; else why not.
    public Optional<String> refusal(AttachmentId owner, Demand demand) {
        return held(owner, demand).isEmpty() && shared.choice(demand) instanceof Choice.None no
                ? Optional.of(no.why())
                : Optional.empty();
    }

    /// Gives an attachment its address: the one it has, or a free one that nobody waits for.
    /// Durable when it returns; when it throws, {@link #release} makes up for it.
    ///
    /// @param link the index of the attachment's link on the host
    public Optional<Holding> assign(AttachmentId owner, int link) {
        return await(owner, link, Duration.ZERO);
    }

    /// As {@link #assign}, but waits until there is one: first come, first served. An interruption
    /// is code 11.
    ///
    /// @param patience for how long; then it is empty
    public Optional<Holding> await(AttachmentId owner, int link, Duration patience) {
        return await(owner, Optional.empty(), Demand.NODE, 1, link, () -> patience).stream()
                .findFirst();
    }

    /// As above, for a pod that may need several of a kind, with a patience that may change while
    /// one waits; it is asked for every second.
    ///
    /// @return those that there were in time; a further call, or {@link #release}, takes them up
    public List<Holding> await(
            AttachmentId owner,
            Optional<PodRef> pod,
            Demand demand,
            int count,
            int link,
            Supplier<Duration> patience) {
        Need need = new Need(owner, pod, demand, link);
        List<Holding> held = new ArrayList<>(held(owner, demand));
        // Before the effect, and again for one whose first note failed.
        held.forEach(notes::write);
        while (held.size() < count) {
            Optional<Holding> next = shared.await(need, patience);
            if (next.isEmpty()) {
                break;
            }
            notes.write(next.get());
            held.add(next.get());
        }
        return List.copyOf(held);
    }

    /// Whichever interfaces they were asked of.
    private List<Holding> held(AttachmentId owner, Demand demand) {
        return find(owner).stream().filter(holding -> holding.family() == demand.family()).toList();
    }

    /// Gives an attachment an address that no interface has: one of a block of the node's own, the
    /// lowest that is free, or the one that it has. Durable when it returns.
    public Holding ofNode(AttachmentId owner, PodRef pod, int link, Cidr block) {
        boolean _ =
                shared.take(now ->
                        held(now, owner, block).isPresent()
                                ? Optional.empty()
                                : Optional.of(now.with(free(now, owner, pod, link, block))));
        Holding holding = held(pool(), owner, block).orElseThrow();
        notes.write(holding);
        return holding;
    }

    private static Optional<Holding> held(Pool pool, AttachmentId owner, Cidr block) {
        return pool.heldBy(owner).stream()
                .filter(holding -> block.contains(holding.address()))
                .findFirst();
    }

    private static Holding free(Pool pool, AttachmentId owner, PodRef pod, int link, Cidr block) {
        return block.addresses()
                .skip(1)
                .filter(address -> pool.find(address).isEmpty())
                .findFirst()
                .map(address -> Holding.ofNode(address, owner, pod, link))
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "no address of %s is free, by which pods of this node leave the VPC"
                                        .formatted(block)));
    }

    /// Gives an attachment an interface's own address, and the whole interface with it: others get
    /// none of it from now on. Durable when it returns.
    ///
    /// @return empty where another attachment has an address of that interface
    public Optional<Holding> own(
            AttachmentId owner, Optional<PodRef> pod, Eni eni, InetAddress own) {
        Holding holding = Holding.leased(own, owner, eni.id(), eni.table(), pod);
        boolean taken =
                shared.take(now ->
                        now.heldOf(eni).stream().allMatch(one -> one.owner().equals(owner))
                                ? Optional.of(now.with(holding))
                                : Optional.empty());
        if (!taken) {
            return Optional.empty();
        }
        notes.write(holding);
        return Optional.of(holding);
    }

    public List<Holding> find(AttachmentId owner) {
        return pool().heldBy(owner);
    }

    /// Takes an attachment's addresses back. Idempotent, and durable when it returns.
    ///
    /// @param used whether a pod may have used them, so that they have to cool
    public void release(AttachmentId owner, boolean used) {
        find(owner).forEach(holding -> release(holding, used));
    }

    /// Takes one address back that somebody has used, and no other of the same owner. One that is
    /// not of this pool is left alone.
    public void release(Holding holding) {
        if (pool().find(holding.address()).filter(holding::equals).isPresent()) {
            release(holding, true);
        }
    }

    private void release(Holding holding, boolean used) {
        if (!used || cooldown.isZero()) {
            notes.erase(holding);
            shared.change(pool -> pool.without(holding.address()));
        } else {
            Holding cooling = holding.cooling(clock.instant().plus(cooldown));
            notes.write(cooling);
            shared.change(pool -> pool.with(cooling));
        }
    }
}
