package io.patchbay.vpc;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.AssignmentNote;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The addresses of interfaces that are not the pool's (tagged `no_manage`, or for EFA), for
/// networks that name one. What an operator has assigned is given first; what is missing EC2 is
/// asked for, and takes back when nobody has had it for the cooldown. Nothing else is done to such
/// an interface. Safe from any thread.
final class Unmanaged {
    private static final System.Logger LOG = System.getLogger(Unmanaged.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(2);

    /// EC2 is eventually consistent: right after a lost answer it may not show what it did.
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Addresses addresses;
    private final Journal<AssignmentNote> notes;
    private final Account account;
    private final InstantSource clock;
    private final boolean provisions;
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

    /// @param until when EC2 is not asked again
    private record Refusal(CloudException why, Instant until) {
        static Refusal of(CloudException why, Instant now) {
            return new Refusal(why, now.plus(isHopeless(why) ? PERIOD : SOON));
        }

        private static boolean isHopeless(CloudException why) {
            return !why.mayPass() || why.reason() == Reason.ENI_FULL;
        }
    }

    /// @param provisions whether EC2 is asked for anything
    Unmanaged(
            Addresses addresses,
            Journal<AssignmentNote> notes,
            Account account,
            InstantSource clock,
            boolean provisions) {
        this.addresses = addresses;
        this.notes = notes;
        this.account = account;
        this.clock = clock;
        this.provisions = provisions;
    }

    Addresses addresses() {
        return addresses;
    }

    /// Takes over what is attached; what EC2 is being asked to take back is nobody's.
    ///
    /// @param foreign addresses that pods got while their interface was the pool's
    void learn(List<Eni> enis, Set<InetAddress> foreign) {
        addresses.learn(
                enis.stream()
                        .map(eni ->
                                notes.find(eni.id())
                                        .map(note -> without(eni, note.leaving()))
                                        .orElse(eni))
                        .toList(),
                foreign);
    }

    private static Eni without(Eni eni, Set<Cidr> leaving) {
        return eni.with(eni.blocks().stream().filter(block -> !leaving.contains(block)).toList());
    }

    /// Gets an attachment addresses of one interface; code 11 where there are none in time.
    List<Holding> acquire(Claimant claimant, Want want) {
        String eni = want.demand().eni().orElseThrow();
        List<Holding> held =
                addresses.await(
                        claimant.id(),
                        claimant.pod(),
                        want.demand(),
                        want.count(),
                        claimant.link(),
                        () -> patience(eni));
        if (held.size() < want.count()) {
            throw CniException.tryAgain(
                    "%s: %d of %d addresses are there%s"
                            .formatted(
                                    want.demand(),
                                    held.size(),
                                    want.count(),
                                    provisions
                                            ? why(eni).map(e -> "; " + e.getMessage()).orElse("")
                                            : ", and EC2 is not asked for any (\"pool.provision\"): assign some"));
        }
        return held;
    }

    private Duration patience(String eni) {
        boolean hopeless = why(eni).filter(Refusal::isHopeless).isPresent();
        return provisions && !hopeless ? LONGEST_WAIT : Duration.ZERO;
    }

    private Optional<CloudException> why(String eni) {
        return Optional.ofNullable(refusals.get(eni)).map(Refusal::why);
    }

    /// Goes on until it is interrupted.
    void run() {
        long seen = 0;
        try {
            while (true) {
                account.find().ifPresent(this::work);
                seen = addresses.awaitChange(seen, addresses.waiting() > 0 ? SOON : PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Cloud cloud) {
        Assignments assignments =
                new Assignments(
                        cloud.ec2(), cloud.instance(), cloud.limits(), addresses, notes, clock);
        for (AssignmentNote note : List.copyOf(notes.all().values())) {
            if (isToBeSettled(note)) {
                attempt(note.eni(), () -> assignments.settle(note));
            }
        }
        for (Demand demand : addresses.demands()) {
            int missing = missing(demand);
            demand.eni()
                    .flatMap(addresses.pool()::eni)
                    .filter(eni -> missing > 0 && isIdle(eni))
                    .ifPresent(eni ->
                            attempt(
                                    eni.id(),
                                    () -> assignments.assign(eni, demand.family(), missing)));
        }
        for (AssignmentNote note : List.copyOf(notes.all().values())) {
            addresses
                    .pool()
                    .eni(note.eni())
                    .filter(this::isIdle)
                    .ifPresent(eni -> attempt(eni.id(), () -> assignments.giveBack(eni)));
        }
    }

    private int missing(Demand demand) {
        long free = addresses.pool().facing(demand).count(Pool.State.FREE, clock.instant());
        return Math.toIntExact(Math.max(0, addresses.waiting(demand) - free));
    }

    /// Or whether its interface has not been seen for long.
    private boolean isToBeSettled(AssignmentNote note) {
        boolean there = addresses.pool().eni(note.eni()).isPresent();
        return note.isOpen()
                ? note.isOlder(SETTLED, clock.instant())
                : !there && note.isOlder(FORGOTTEN, clock.instant());
    }

    private boolean isIdle(Eni eni) {
        return notes.find(eni.id()).filter(AssignmentNote::isOpen).isEmpty();
    }

    private void attempt(String eni, Runnable question) {
        Refusal before = refusals.get(eni);
        if (before != null && before.until().isAfter(clock.instant())) {
            return;
        }
        try {
            question.run();
            refusals.remove(eni);
        } catch (CloudException e) {
            refusals.put(eni, Refusal.of(e, clock.instant()));
            if (before == null || before.why().reason() != e.reason()) {
                LOG.log(
                        Level.WARNING,
                        "the addresses of interface {0} stay as they are: {1}",
                        eni,
                        e.getMessage());
            }
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "the addresses of interface {0} are not noted", eni, e);
        }
    }
}
