package io.patchbay.vpc;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.KernelException;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.Metadata;
import io.patchbay.vpc.plumbing.EniLink;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Keeps the pool in step with the cloud: reads what is attached, sets it up on the node, and only
/// then offers its addresses. Safe from any thread; one reads at a time.
final class Supply {
    private static final System.Logger LOG = System.getLogger(Supply.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Metadata metadata;
    private final NodeNetwork node;
    private final Addresses addresses;
    private final CountDownLatch never = new CountDownLatch(1);
    private final ReentrantLock reading = new ReentrantLock();
    private volatile View view = new View(0, List.of(), Optional.of("it was not asked yet"));

    /// What the last reading gave.
    ///
    /// @param number of readings up to this one
    /// @param trouble why the last reading failed; the interfaces are then those of the one before
    private record View(long number, List<EniLink> enis, Optional<String> trouble) {}

    Supply(Metadata metadata, NodeNetwork node, Addresses addresses) {
        this.metadata = metadata;
        this.node = node;
        this.addresses = addresses;
    }

    List<EniLink> enis() {
        return view.enis;
    }

    Optional<EniLink> find(String eni) {
        return view.enis.stream().filter(link -> link.eni().id().equals(eni)).findFirst();
    }

    Optional<String> trouble() {
        return view.trouble;
    }

    /// Gives an attachment its address. When none is free the cloud is asked once more, by one of
    /// those who need it.
    Holding acquire(AttachmentId owner, int link) {
        refuseExhausted(owner);
        return addresses.assign(owner, link).orElseThrow(() -> exhausted(owner));
    }

    /// Code 11 where an attachment cannot get an address now.
    void refuseExhausted(AttachmentId owner) {
        long seen = view.number;
        if (addresses.refusal(owner).isPresent()) {
            readSince(seen);
            if (addresses.refusal(owner).isPresent()) {
                throw exhausted(owner);
            }
        }
    }

    private CniException exhausted(AttachmentId owner) {
        String why = addresses.refusal(owner).orElse("another pod took the last free address");
        return CniException.tryAgain(
                why + view.trouble.map(sentence -> "; " + sentence).orElse(""));
    }

    private void readSince(long seen) {
        try {
            reading.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CniException.tryAgain(
                    "interrupted while another pod waits for the cloud's answer");
        }
        try {
            if (view.number == seen) {
                read();
            }
        } finally {
            reading.unlock();
        }
    }

    /// Reads once; what goes wrong is told by {@link #trouble}, and logged when it is news.
    void read() {
        reading.lock();
        try {
            View before = view;
            view = next(before);
            if (!view.trouble.equals(before.trouble)) {
                view.trouble.ifPresent(sentence ->
                        LOG.log(
                                Level.WARNING,
                                "the interfaces are as they were before: {0}",
                                sentence));
            }
        } finally {
            reading.unlock();
        }
    }

    private View next(View before) {
        try {
            return new View(before.number + 1, take(), Optional.empty());
        } catch (CloudException | KernelException | UncheckedIOException e) {
            return new View(
                    before.number + 1, before.enis, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private List<EniLink> take() {
        List<EniLink> ready = node.setUp(metadata.attached());
        Set<Integer> own = links();
        Set<InetAddress> elsewhere = node.routedElsewhere(own);
        // A pod that was attached meanwhile is ours as well: its address is held by now.
        Set<InetAddress> held = addresses.pool().holdings().keySet();
        addresses.learn(
                ready.stream().map(EniLink::eni).toList(),
                elsewhere.stream()
                        .filter(address -> !held.contains(address))
                        .collect(Collectors.toUnmodifiableSet()));
        return ready;
    }

    private Set<Integer> links() {
        return addresses.pool().holdings().values().stream()
                .map(Holding::link)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Duration pause() {
        return view.trouble.isPresent() ? SOON : PERIOD;
    }

    /// Reads again and again until it is interrupted: soon while there is trouble.
    void keepReading() {
        try {
            while (!never.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                read();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
