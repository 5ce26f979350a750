package io.patchbay.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Watch;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.eni.Sightings;
import io.patchbay.vpc.eni.Verdict;
import io.patchbay.vpc.eni.Vote;
import io.patchbay.vpc.plumbing.EniLink;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the pool in step with the cloud: asks what is attached, decides what to believe, sets it
/// up on the node, and only then offers its addresses. Safe from any thread; one reads at a time.
final class Supply {
    private static final System.Logger LOG = System.getLogger(Supply.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Witnesses witnesses;
    private final Account account;
    private final Memory memory;
    private final Neighbourhood neighbourhood;
    private final boolean strangers;
    private final NodeNetwork node;
    private final Addresses addresses;
    private final Inheritance inheritance;
    private final Unmanaged unmanaged;
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Reading last = Reading.NONE;

    /// @param strangers whether interfaces that EC2 has not told of carry pods
    Supply(
            Witnesses witnesses,
            Account account,
            Neighbourhood neighbourhood,
            boolean strangers,
            NodeNetwork node,
            Addresses addresses,
            Inheritance inheritance,
            Unmanaged unmanaged) {
        this.witnesses = witnesses;
        this.account = account;
        this.memory = new Memory(account, addresses);
        this.neighbourhood = neighbourhood;
        this.strangers = strangers;
        this.node = node;
        this.addresses = addresses;
        this.inheritance = inheritance;
        this.unmanaged = unmanaged;
    }

    Reading last() {
        return last;
    }

    Optional<String> trouble() {
        return last.trouble();
    }

    /// Waits until EC2 has told of this node's interfaces, once since the start; not where it is
    /// not asked.
    void awaitEc2(Instant atMost) throws InterruptedException {
        if (!strangers) {
            var _ =
                    told.await(
                            Duration.between(Instant.now(), atMost).toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /// Reads, unless somebody has since a reading was seen.
    void readSince(Reading seen) throws InterruptedException {
        reading.lockInterruptibly();
        try {
            if (last.number() == seen.number()) {
                read(false);
            }
        } finally {
            reading.unlock();
        }
    }

    /// Reads once; what goes wrong is told by {@link #trouble}, and logged when it is news.
    ///
    /// @param anew whether EC2 is asked in any case
    void read(boolean anew) {
        reading.lock();
        try {
            Reading before = last;
            last = next(before, anew);
            if (!last.attached().isEmpty()) {
                told.countDown();
            }
            if (!last.trouble().equals(before.trouble())) {
                last.trouble()
                        .ifPresent(sentence ->
                                LOG.log(
                                        Level.WARNING,
                                        "the interfaces are as they were: {0}",
                                        sentence));
            }
        } finally {
            reading.unlock();
        }
    }

    private Reading next(Reading before, boolean anew) {
        try {
            inheritance.releaseTheGone();
            List<Eni> known = memory.recall(before.believed());
            Witnesses.Answers answers = witnesses.ask(known, before.others(), anew);
            Verdict verdict =
                    Vote.on(
                            new Sightings(
                                    answers.metadata(),
                                    answers.ec2(),
                                    answers.kernel(),
                                    live(),
                                    known,
                                    neighbourhood.rules(known),
                                    strangers));
            tell(verdict.disagreements());
            return taken(before, answers, verdict);
        } catch (KernelException | UncheckedIOException e) {
            return before.failed(String.valueOf(e.getMessage()));
        }
    }

    /// Notes what is being returned, before EC2 is asked to take it.
    void noteReturns(Cloud cloud) {
        reading.lock();
        try {
            memory.note(cloud, last.believed());
        } finally {
            reading.unlock();
        }
    }

    private Set<InetAddress> live() {
        return addresses.pool().holdings().values().stream()
                .filter(Holding::isAssigned)
                .map(Holding::address)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void tell(List<String> disagreements) {
        disagreements.forEach(sentence -> LOG.log(Level.DEBUG, sentence));
    }

    private Reading taken(Reading before, Witnesses.Answers answers, Verdict verdict) {
        List<EniLink> ready = node.setUp(verdict.believed());
        Map<String, Role> roles = verdict.roles().isEmpty() ? before.roles() : verdict.roles();
        learn(ready, roles);
        List<NetworkInterface> attached = answers.ec2().orElse(before.attached());
        account.find()
                .ifPresent(cloud -> {
                    confirm(cloud, answers);
                    memory.note(cloud, verdict.believed());
                });
        Reading next =
                new Reading(
                        before.number() + 1,
                        ready,
                        verdict.believed(),
                        answers.metadata().orElse(before.told()),
                        attached,
                        roles,
                        answers.trouble());
        unmanaged.learn(next.unmanaged(), addresses.pool().holdings().keySet());
        return next;
    }

    private void confirm(Cloud cloud, Witnesses.Answers answers) {
        Set<String> seen =
                answers.metadata().orElse(List.of()).stream()
                        .map(Eni::id)
                        .collect(Collectors.toUnmodifiableSet());
        Optional<Set<String>> attached =
                answers.ec2()
                        .map(enis ->
                                enis.stream()
                                        .map(NetworkInterface::id)
                                        .collect(Collectors.toUnmodifiableSet()));
        cloud.intents().confirm(seen, id -> attached.map(ids -> ids.contains(id)).orElse(true));
    }

    private void learn(List<EniLink> ready, Map<String, Role> roles) {
        Set<Integer> own =
                addresses.pool().holdings().values().stream()
                        .map(Holding::link)
                        .collect(Collectors.toUnmodifiableSet());
        Set<InetAddress> elsewhere = node.routedElsewhere(own);
        // Before anybody can be given them.
        Set<InetAddress> before = addresses.pool().foreign();
        node.dropRulesOf(address -> before.contains(address) && !elsewhere.contains(address));
        // A pod that was attached meanwhile is ours as well: its address is held by now.
        Set<InetAddress> held = addresses.pool().holdings().keySet();
        addresses.learn(
                ready.stream().map(EniLink::eni).toList(),
                Stream.concat(
                                elsewhere.stream(),
                                unmanaged.addresses().pool().holdings().keySet().stream())
                        .filter(address -> !held.contains(address))
                        .collect(Collectors.toUnmodifiableSet()),
                ready.stream()
                        .map(link -> link.eni().id())
                        .filter(id -> roles.get(id) == Role.EXCLUDED)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// Takes in blocks that EC2 has just assigned: the node first, then the pool.
    void gained(String eni, Collection<Cidr> blocks) {
        reading.lock();
        try {
            List<Eni> more =
                    last.believed().stream()
                            .map(one -> one.id().equals(eni) ? with(one, blocks) : one)
                            .toList();
            List<EniLink> ready = node.setUp(more);
            last = last.gained(ready, more);
            account.find().ifPresent(cloud -> memory.note(cloud, more));
            if (last.find(eni).isPresent()) {
                addresses.gain(eni, blocks);
            }
        } finally {
            reading.unlock();
        }
    }

    private static Eni with(Eni eni, Collection<Cidr> blocks) {
        List<Cidr> all = new ArrayList<>(eni.blocks());
        blocks.stream().filter(block -> !all.contains(block)).forEach(all::add);
        return eni.with(all);
    }

    /// Waits until an interface that was attached is ready, as the kernel tells of its link and
    /// instance metadata of its addresses.
    ///
    /// @return whether it is
    boolean await(String eni, Netns host, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try (Watch watch = host.watch()) {
            read(true);
            while (last.find(eni).isEmpty() && System.nanoTime() < end) {
                watch.await(Duration.ofSeconds(1));
                read(false);
            }
        }
        return last.find(eni).isPresent();
    }

    private Duration pause() {
        return last.trouble().isPresent() ? SOON : PERIOD;
    }

    /// Reads again and again until it is interrupted: soon while there is trouble.
    void keepReading() {
        try {
            while (!never.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                read(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
