package io.patchbay.cloud.controller;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/// A running controller. It may end anywhere, by `close()` or by a kill: the next one goes on from
/// EC2's tags and the pods' annotations.
public final class ResourceController implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ResourceController.class.getName());
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration LEAST = Duration.ofMillis(10);

    private final ControlPlane plane;
    private final InstantSource clock;
    private final Reconciler reconciler;
    private final Thread thread;

    private ResourceController(
            Ec2 ec2, ControlPlane plane, InstantSource clock, ControllerSettings settings) {
        this.plane = plane;
        this.clock = clock;
        this.reconciler = new Reconciler(Means.of(ec2, plane, clock, settings));
        this.thread = Thread.ofPlatform().daemon().name("resource-controller").unstarted(this::run);
    }

    /// Starts one. Its ports stay the caller's to close, after it.
    public static ResourceController start(
            Ec2 ec2, ControlPlane plane, InstantSource clock, ControllerSettings settings) {
        ResourceController controller = new ResourceController(ec2, plane, clock, settings);
        controller.thread.start();
        return controller;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ClusterState seen = plane.now();
                plane.await(seen, step(seen));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns how long there is nothing to do.
    private Duration step(ClusterState seen) {
        try {
            Duration left = Duration.between(clock.instant(), reconciler.step(seen));
            return left.compareTo(LEAST) < 0 ? LEAST : left;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a step failed, and is tried again: " + e.getMessage(), e);
            return REST;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
