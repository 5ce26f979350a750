package io.patchbay.vpc.pool;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.pool.Queue.Waiter;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The pool as it is now, and its notes. Safe from any thread; calls for one attachment come one
/// after the other. The lock is held for decisions only: notes are written beside each other.
public final class Addresses {
    private static final System.Logger LOG = System.getLogger(Addresses.class.getName());

    /// The share of its cooldown that an address gets in any case. Kube-proxy has long forgotten a
    /// pod by then (it writes its rules within a second of the endpoint's change); the rest of the
    /// cooldown is for nodes that lag.
    private static final int CERTAIN_SHARE = 3;

    private static final long RECONSIDERED = TimeUnit.SECONDS.toNanos(1);

    private final AddressNotes notes;
    private final InstantSource clock;
    private final Duration cooldown;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue queue = new Queue();
    private Pool pool;
    private Changes changes = Changes.NONE;
    private final Map<Demand, Duration> cuts = new HashMap<>();
    private long version;
    private long early;

    /// Reads the notes.
    ///
    /// @param cooldown how long nobody gets an address that a pod had: other nodes may still send
    ///   to it
    public Addresses(Journal<AddressNote> journal, InstantSource clock, Duration cooldown) {
        this.notes = new AddressNotes(journal);
        this.clock = clock;
        this.cooldown = cooldown;
        this.pool = Pool.of(notes.read(clock.instant().plus(cooldown)));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// A change, after which those who wait may be served.
    private void change(Runnable work) {
        locked(() -> {
            work.run();
            serve();
            version++;
            changed.signalAll();
            return version;
        });
    }

    public Pool pool() {
        return locked(() -> pool);
    }

    /// How many wait for an address.
    public int waiting() {
        return locked(queue::size);
    }

    /// How many wait for an address of a kind.
    public int waiting(Demand demand) {
        return locked(() -> queue.size(demand));
    }

    /// What is waited for.
    public Set<Demand> demands() {
        return locked(() ->
                queue.all().stream().map(Waiter::demand).collect(Collectors.toUnmodifiableSet()));
    }

    /// How many addresses were given before they had cooled.
    public long early() {
        return locked(() -> early);
    }

    /// Lets those who wait for a change look, though the pool is the same.
    public void touch() {
        change(() -> {});
    }

    /// Waits for a change: of the pool, or of who waits for it.
    ///
    /// @param seen what the last call returned; 0 at first
    /// @return a number for the next call
    public long awaitChange(long seen, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (version == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return version;
        } finally {
            lock.unlock();
        }
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
        change(() -> {
            Instant now = clock.instant();
            changes = changes.since(now);
            List<Eni> corrected =
                    ready.stream().flatMap(eni -> changes.corrected(eni).stream()).toList();
            pool = pool.knowing(corrected, foreign, closed);
            List<Holding> over = pool.over(now);
            over.forEach(holding -> pool = pool.without(holding.address()));
            // Within the lock: the next owner's note has the same key.
            over.forEach(notes::erase);
        });
    }

    /// Takes in blocks that EC2 has assigned to an interface which is ready.
    public void gain(String id, Collection<Cidr> blocks) {
        change(() -> {
            changes = changes.with(id, blocks, true, clock.instant());
            pool.eni(id).flatMap(changes::corrected).ifPresent(eni -> pool = pool.with(eni));
        });
    }

    /// Sets aside what is to be returned, before EC2 is asked: from now on nobody gets it.
    ///
    /// @return whether it could be; not where somebody has got an address of it meanwhile
    public boolean reserve(Action action) {
        return locked(() -> {
            List<Cidr> blocks = returned(action);
            Tally tally = Tally.of(pool, clock.instant());
            boolean unused =
                    tally.enis().stream()
                            .flatMap(one -> one.blocks().stream())
                            .filter(block -> blocks.contains(block.block()))
                            .allMatch(Tally.OfBlock::isUnused);
            if (unused) {
                pool = pool.returning(blocks);
            }
            return unused;
        });
    }

    /// EC2 has confirmed: only now the pool forgets it.
    public void confirm(Action action) {
        change(() -> {
            List<Cidr> blocks = returned(action);
            pool = pool.notReturning(blocks);
            switch (action) {
                case Action.Unassign(String id, _) -> {
                    changes = changes.with(id, blocks, false, clock.instant());
                    pool.eni(id)
                            .flatMap(changes::corrected)
                            .ifPresent(eni -> pool = pool.with(eni));
                }
                case Action.Remove(String id) -> {
                    changes = changes.without(id, clock.instant());
                    pool = pool.without(id);
                }
                case Action.Assign _, Action.Create _ -> {}
            }
        });
    }

    /// EC2 has refused: the pool is as it was.
    public void keep(Action action) {
        change(() -> pool = pool.notReturning(returned(action)));
    }

    private List<Cidr> returned(Action action) {
        return switch (action) {
            case Action.Unassign(_, List<Cidr> blocks) -> blocks;
            case Action.Remove(String id) -> pool.eni(id).map(Eni::blocks).orElse(List.of());
            case Action.Assign _, Action.Create _ -> List.of();
        };
    }

    /// Whether there can be more addresses of a kind at this time. While not, those who need one
    /// get that which has cooled longest, once a third of its cooldown is over.
    public void full(Demand demand, boolean full) {
        Duration cut = full ? cooldown.minus(cooldown.dividedBy(CERTAIN_SHARE)) : Duration.ZERO;
        if (!cut.equals(locked(() -> cut(demand)))) {
            change(() -> cuts.put(demand, cut));
        }
    }

    private Duration cut(Demand demand) {
        return cuts.getOrDefault(demand, Duration.ZERO);
    }

    private Choice choose(Demand demand) {
        return pool.facing(demand).choose(clock.instant(), cut(demand));
    }

    /// Takes over addresses of pods that were here before; durable when it returns. An address that
    /// somebody has stays as it is; one that cools is taken over, for it was given after that.
    public void adopt(Collection<Holding> holdings) {
        List<Holding> fresh = new ArrayList<>();
        change(() ->
                holdings.stream()
                        .filter(holding ->
                                pool.find(holding.address()).filter(Holding::isAssigned).isEmpty())
                        .forEach(holding -> {
                            pool = pool.with(holding);
                            fresh.add(holding);
                        }));
        fresh.forEach(notes::write);
    }

    /// Whether an attachment has an address of a kind, or could get one; else why not.
    public Optional<String> refusal(AttachmentId owner, Demand demand) {
        return locked(() ->
                held(owner, demand).isEmpty() && choose(demand) instanceof Choice.None no
                        ? Optional.of(no.why())
                        : Optional.empty());
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
        List<Holding> held = new ArrayList<>(locked(() -> held(owner, demand)));
        // Before the effect, and again for one whose first note failed.
        held.forEach(notes::write);
        while (held.size() < count) {
            Optional<Holding> next = take(new Waiter(owner, pod, demand, link, lock), patience);
            if (next.isEmpty()) {
                break;
            }
            notes.write(next.get());
            held.add(next.get());
        }
        return List.copyOf(held);
    }

    /// Gives an attachment an address that no interface has: one of a block of the node's own, the
    /// lowest that is free, or the one that it has. Durable when it returns.
    public Holding ofNode(AttachmentId owner, PodRef pod, int link, Cidr block) {
        Holding holding =
                locked(() -> held(owner, block).orElseGet(() -> take(owner, pod, link, block)));
        notes.write(holding);
        return holding;
    }

    /// Gives an attachment an interface's own address, and the whole interface with it: others get
    /// none of it from now on. Durable when it returns.
    ///
    /// @return empty where another attachment has an address of that interface
    public Optional<Holding> own(
            AttachmentId owner, Optional<PodRef> pod, Eni eni, InetAddress own) {
        Optional<Holding> holding =
                locked(() -> {
                    if (pool.heldOf(eni).stream().anyMatch(one -> !one.owner().equals(owner))) {
                        return Optional.empty();
                    }
                    Holding taken = Holding.leased(own, owner, eni.id(), eni.table(), pod);
                    pool = pool.with(taken);
                    return Optional.of(taken);
                });
        holding.ifPresent(notes::write);
        return holding;
    }

    private Optional<Holding> held(AttachmentId owner, Cidr block) {
        return pool.heldBy(owner).stream()
                .filter(holding -> block.contains(holding.address()))
                .findFirst();
    }

    private Holding take(AttachmentId owner, PodRef pod, int link, Cidr block) {
        Holding holding =
                block.addresses()
                        .skip(1)
                        .filter(address -> pool.find(address).isEmpty())
                        .findFirst()
                        .map(address -> Holding.ofNode(address, owner, pod, link))
                        .orElseThrow(() ->
                                CniException.tryAgain(
                                        "no address of %s is free, by which pods of this node leave the VPC"
                                                .formatted(block)));
        pool = pool.with(holding);
        return holding;
    }

    /// Whichever interfaces they were asked of.
    private List<Holding> held(AttachmentId owner, Demand demand) {
        return pool.heldBy(owner).stream()
                .filter(holding -> holding.family() == demand.family())
                .toList();
    }

    private Optional<Holding> take(Waiter waiter, Supplier<Duration> patience) {
        lock.lock();
        try {
            queue.join(waiter);
            change(() -> {});
            try {
                linger(waiter, patience);
            } finally {
                queue.leave(waiter);
            }
            return waiter.holding();
        } finally {
            lock.unlock();
        }
    }

    private void linger(Waiter waiter, Supplier<Duration> patience) {
        long start = System.nanoTime();
        long left = patience.get().toNanos();
        try {
            while (waiter.holding().isEmpty() && left > 0) {
                long _ =
                        waiter.served()
                                .awaitNanos(
                                        Math.min(
                                                Math.min(left, untilNext(waiter.demand())),
                                                RECONSIDERED));
                serve();
                left = patience.get().toNanos() - (System.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (waiter.holding().isEmpty()) {
                throw CniException.tryAgain(
                        "%s was interrupted while it waited for an address, one of %d: it can be tried again"
                                .formatted(waiter.owner(), queue.size()));
            }
        }
    }

    private long untilNext(Demand demand) {
        Instant now = clock.instant();
        return pool.facing(demand)
                .next(now)
                .map(holding -> Duration.between(now, holding.end().minus(cut(demand))))
                .map(wait -> Math.max(TimeUnit.MILLISECONDS.toNanos(1), wait.toNanos()))
                .orElse(Long.MAX_VALUE);
    }

    private void serve() {
        Set<Demand> exhausted = new HashSet<>();
        for (Waiter waiter : queue.all()) {
            if (!exhausted.contains(waiter.demand())) {
                switch (choose(waiter.demand())) {
                    case Choice.Free free -> serve(waiter, free);
                    case Choice.None _ -> exhausted.add(waiter.demand());
                }
            }
        }
    }

    private void serve(Waiter waiter, Choice.Free free) {
        Holding holding = waiter.holding(free.address(), free.eni().id(), free.eni().table());
        pool = pool.with(holding);
        tell(free, holding);
        queue.serve(waiter, holding);
    }

    private void tell(Choice.Free free, Holding holding) {
        if (!free.cut().isZero()) {
            early++;
            LOG.log(
                    Level.INFO,
                    "{0} is given to {1} though it had {2} s to cool: the pool cannot grow",
                    Cidr.text(holding.address()),
                    holding.owner(),
                    free.cut().toSeconds());
        }
    }

    public List<Holding> find(AttachmentId owner) {
        return locked(() -> pool.heldBy(owner));
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
        if (locked(() -> pool.find(holding.address()).filter(holding::equals)).isPresent()) {
            release(holding, true);
        }
    }

    private void release(Holding holding, boolean used) {
        if (!used || cooldown.isZero()) {
            notes.erase(holding);
            change(() -> pool = pool.without(holding.address()));
        } else {
            Holding cooling = holding.cooling(clock.instant().plus(cooldown));
            notes.write(cooling);
            change(() -> pool = pool.with(cooling));
        }
    }
}
