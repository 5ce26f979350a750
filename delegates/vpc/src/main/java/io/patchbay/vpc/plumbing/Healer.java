package io.patchbay.vpc.plumbing;

import io.patchbay.spi.Meters;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Watch;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A loop that restores what others took away, within half a second: the kernel tells of all of it.
/// It looks four times a second at most, so that a burst of changes, our own ADDs among them, costs
/// one look, and whoever takes the same away again and again cannot make it busy. It ends when it
/// is interrupted.
public final class Healer implements Runnable {
    private static final System.Logger LOG = System.getLogger(Healer.class.getName());

    /// For what the kernel might not have told.
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Duration BURST = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Netns host;
    private final Supplier<List<String>> node;
    private final Meters meters;
    private final CountDownLatch never = new CountDownLatch(1);
    private final Restorations restorations = new Restorations();
    private final Duration period;
    private String last = "";

    /// @param node brings back what is missing, and tells what that was
    public Healer(Netns host, Supplier<List<String>> node, Meters meters) {
        this(host, node, meters, PERIOD);
    }

    /// @param period between two looks when the kernel tells of nothing
    Healer(Netns host, Supplier<List<String>> node, Meters meters, Duration period) {
        this.host = host;
        this.node = node;
        this.meters = meters;
        this.period = period;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Watch watch = host.watch()) {
                follow(watch);
            } catch (KernelException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    tell("what is missing on the node cannot be told: " + e.getMessage());
                    pause(RETRY);
                }
            }
        }
    }

    private void follow(Watch watch) {
        while (!Thread.currentThread().isInterrupted()) {
            Duration wait = look() ? period : RETRY;
            if (watch.await(wait)) {
                pause(BURST);
            }
        }
    }

    /// Whether all is well now.
    private boolean look() {
        try {
            List<String> restored = node.get();
            if (!restored.isEmpty()) {
                meters.count("restored", restored.size());
            }
            restorations
                    .told(restored, Duration.ofNanos(System.nanoTime()))
                    .forEach(told -> LOG.log(Level.WARNING, told));
            last = "";
            return true;
        } catch (KernelException e) {
            meters.count("not_restored", 1);
            tell("what is missing on the node cannot be restored: " + e.getMessage());
            return false;
        }
    }

    /// Once, for as long as it is the same each time.
    private void tell(String now) {
        if (!now.equals(last)) {
            LOG.log(Level.WARNING, now);
        }
        last = now;
    }

    private void pause(Duration time) {
        try {
            if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nothing ends this wait");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
