package io.patchbay.meta.ipam;

import io.patchbay.meta.ipam.LeaseFiles.Held;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.KernelException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Leases from ranges that this node keeps in files: the same files, under the same lock, as the
/// reference plugin's, so that both may serve one network. Unlike the plugin it gives an attachment
/// the addresses it has when it asks again, and never leaves a torn file.
public final class HostLocal implements AddressSource<HostLocalConfig> {
    /// The code of a CHECK that finds no lease.
    public static final ErrorCode NO_LEASE = ErrorCode.of(100);

    private static final Logger LOG = System.getLogger(HostLocal.class.getName());

    /// Where the leases are, unless `dataDir` says otherwise.
    public static final String DATA = "/var/lib/cni/networks";

    // flock(2) cannot be interrupted: our own requests wait for each other before it.
    private final Map<Path, ReentrantLock> queues = new ConcurrentHashMap<>();

    public HostLocal() {}

    /// Something to do with a network's files while they are locked.
    private interface Work<T> {
        T on(LeaseFiles files) throws IOException;
    }

    @Override
    public Class<HostLocalConfig> configType() {
        return HostLocalConfig.class;
    }

    @Override
    public Lease acquire(AttachmentId id, HostLocalConfig config, Wish wish) {
        List<RangeSet> sets = sets(id.network(), config, wish);
        List<InetAddress> wanted = Wishes.addresses(wish);
        Optional<CniResult.Dns> dns = config.resolvConf().map(ResolvConf::read);
        List<CniResult.Ip> ips =
                locked(
                        id.network(),
                        config,
                        files -> new Allocation(id, sets, wanted, files).run());
        return new Lease(ips, config.routes().stream().map(RouteConfig::toRoute).toList(), dns);
    }

    private static List<RangeSet> sets(String network, HostLocalConfig config, Wish wish) {
        try {
            List<RangeSet> sets = config.sets(wish.capabilities().ipRanges());
            if (!sets.isEmpty()) {
                return sets;
            }
        } catch (IllegalArgumentException e) {
            throw CniException.invalidConfig(
                    "network %s, capability \"ipRanges\": %s".formatted(network, e.getMessage()));
        }
        throw CniException.invalidConfig(
                "network %s, key \"ipam.ranges\": host-local has no range to lease from"
                        .formatted(network));
    }

    @Override
    public void check(AttachmentId id, HostLocalConfig config) {
        if (locked(id.network(), config, files -> files.heldBy(id)).isEmpty()) {
            throw new CniException(
                    NO_LEASE,
                    "no address in %s is leased to %s"
                            .formatted(directory(id.network(), config), id));
        }
    }

    @Override
    public void release(AttachmentId id, HostLocalConfig config) {
        if (Files.isDirectory(directory(id.network(), config))) {
            locked(
                    id.network(),
                    config,
                    files -> {
                        files.release(id);
                        return files;
                    });
        }
    }

    @Override
    public void gc(String network, HostLocalConfig config, Set<AttachmentId> valid) {
        if (Files.isDirectory(directory(network, config))) {
            locked(network, config, files -> collect(files, network, valid));
        }
    }

    private static LeaseFiles collect(LeaseFiles files, String network, Set<AttachmentId> valid)
            throws IOException {
        List<AttachmentId> living =
                valid.stream().filter(id -> id.network().equals(network)).toList();
        for (Held held : files.select(lease -> living.stream().noneMatch(lease::mayBeOf))) {
            LOG.log(Level.INFO, "{0} is nobody''s lease any more, and is freed", held.file());
            files.free(held.address());
        }
        return files;
    }

    /// Looks at the number of leases only, without a lock.
    @Override
    public void status(String network, HostLocalConfig config) {
        Path directory = directory(network, config);
        try {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw unavailable(network, directory + " cannot be written");
            }
            BigInteger leased = BigInteger.valueOf(LeaseFiles.count(directory));
            List<RangeSet> sets = config.sets(List.of());
            BigInteger all =
                    sets.stream().map(RangeSet::forPods).reduce(BigInteger.ZERO, BigInteger::add);
            if (!sets.isEmpty() && leased.compareTo(all) >= 0) {
                throw unavailable(network, "all %d addresses are leased".formatted(all));
            }
        } catch (IOException e) {
            throw unavailable(network, directory + " cannot be used: " + e);
        }
    }

    private static CniException unavailable(String network, String reason) {
        return new CniException(
                Standard.UNAVAILABLE, "host-local of network %s: %s".formatted(network, reason));
    }

    private static Path directory(String network, HostLocalConfig config) {
        return Path.of(config.dataDir().orElse(DATA)).resolve(network);
    }

    private <T> T locked(String network, HostLocalConfig config, Work<T> work) {
        Path directory = directory(network, config);
        ReentrantLock queue = queues.computeIfAbsent(directory, path -> new ReentrantLock());
        try {
            queue.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CniException.tryAgain("interrupted while waiting for the leases in " + directory);
        }
        try (LeaseFiles files = LeaseFiles.lock(directory)) {
            return work.on(files);
        } catch (IOException | KernelException e) {
            throw new CniException(
                    Standard.IO_FAILURE, "the leases in %s cannot be used".formatted(directory), e);
        } finally {
            queue.unlock();
        }
    }
}
