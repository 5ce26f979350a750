package io.patchbay.meta.deviceplugin;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.patchbay.spi.Meters;
import io.patchbay.spi.device.PciAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pool while it is offered. For one thread, but for what is said to be for any.
final class RunningPool implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RunningPool.class.getName());

    private final String resource;
    private final PoolFiles files;
    private final PoolService service;
    private final PoolSocket socket;
    private volatile Registration registration = Registration.NONE;

    /// @param loops outlive it
    RunningPool(
            PoolSettings pool,
            boolean cdi,
            PoolFiles files,
            Registrar kubelet,
            EventLoopGroup loops,
            Meters meters) {
        this.resource = pool.resource();
        this.files = files;
        this.service = new PoolService(new Answers(pool, cdi, Offer.NOTHING), meters);
        this.socket =
                new PoolSocket(
                        kubelet.directory().resolve(PoolSocket.name(resource)), loops, service);
        files.sweep(resource);
    }

    /// What it offers now; from any thread.
    Answers answers() {
        return service.answers();
    }

    /// From any thread.
    Registration registration() {
        return registration;
    }

    /// Offers what the pool has now. The files come first: who gets a device looks for its own.
    ///
    /// @param pool as it is configured now
    void offer(
            PoolSettings pool,
            List<PoolDevice> found,
            Map<PciAddress, HostDevice> all,
            boolean linkHealth,
            Instant now) {
        Answers before = answers();
        Offer next = before.offer().next(found, all, linkHealth, now);
        try {
            files.tell(pool, next);
        } finally {
            service.offer(new Answers(pool, before.cdi(), next));
        }
    }

    /// Serves where the kubelet can reach it, and registers at a kubelet that does not know it.
    void register(Registrar kubelet, Instant now) {
        try {
            Optional<String> present = kubelet.identity();
            if (present.isEmpty()) {
                return;
            }
            if (socket.open()) {
                registration = Registration.NONE;
            }
            if (registration.isDue(present.get(), now)) {
                kubelet.register(PoolSocket.name(resource), resource);
                registration = Registration.taken(present.get());
                LOG.log(Level.INFO, "the kubelet takes resource {0}", resource);
            }
        } catch (IOException e) {
            refused("resource %s cannot be served: %s".formatted(resource, e.getMessage()), now);
        } catch (UncheckedIOException e) {
            refused(String.valueOf(e.getMessage()), now);
        }
    }

    private void refused(String words, Instant now) {
        if (!registration.isOld(words)) {
            LOG.log(Level.WARNING, "{0}: it is tried again", words);
        }
        registration = registration.refused(words, now);
    }

    /// Takes the socket away, and the files.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the socket of resource " + resource + " stays behind", e);
        }
        files.clear();
    }
}
