package io.patchbay.meta.deviceplugin;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.spi.device.PciAddress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// All pools as they are offered. For one thread, but for what is said to be for any.
final class Offering implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Offering.class.getName());

    private final DevicePluginSettings settings;
    private final Registrar kubelet;
    private final DeviceInfoDirectory directory;
    private final DevicePlugin.Ports ports;
    private final Inventory inventory;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    1,
                    new DefaultThreadFactory("patchbay-device-plugin", true),
                    NioIoHandler.newFactory());

    /// By their resource.
    private final SortedMap<String, RunningPool> running = new ConcurrentSkipListMap<>();

    /// What is wrong, by what it is wrong with; each is told once.
    private final Map<String, String> complaints = new TreeMap<>();

    private List<PoolSettings> pools = List.of();
    private SortedMap<PciAddress, HostDevice> devices = new TreeMap<>();

    Offering(
            DevicePluginSettings settings,
            Registrar kubelet,
            DeviceInfoDirectory directory,
            DevicePlugin.Ports ports) {
        this.settings = settings;
        this.kubelet = kubelet;
        this.directory = directory;
        this.ports = ports;
        this.inventory = new Inventory(ports.pci(), new Sysfs(ports.root()), ports.host().rtnl());
    }

    /// By their resource; from any thread.
    SortedMap<String, RunningPool> running() {
        return running;
    }

    /// Makes what is offered true. What fails is told once, and tried again at the next look.
    void look() {
        Instant now = ports.clock().instant();
        readPools();
        attempt("the devices of this machine", () -> devices = inventory.look(devices));
        Set<String> wanted = pools.stream().map(PoolSettings::resource).collect(Collectors.toSet());
        List.copyOf(running.keySet()).stream()
                .filter(resource -> !wanted.contains(resource))
                .forEach(this::retire);
        Pools.fill(pools, List.copyOf(devices.values()))
                .forEach((pool, found) ->
                        attempt("resource " + pool.resource(), () -> offer(pool, found, now)));
    }

    /// A file that is wrong, or away, changes nothing.
    private void readPools() {
        Optional<PoolFile.Content> read = settings.source().read();
        List<String> problems =
                read.map(PoolFile.Content::problems)
                        .orElseGet(() ->
                                List.of(settings.source().file().orElseThrow() + " is not there"));
        if (problems.isEmpty()) {
            pools = read.orElseThrow().pools();
        }
        complain(
                "the pools",
                problems.isEmpty() ? "" : "they stay as they were: " + String.join("; ", problems));
    }

    private void offer(PoolSettings pool, List<PoolDevice> found, Instant now) {
        RunningPool own = running.computeIfAbsent(pool.resource(), _ -> open(pool));
        try {
            own.offer(pool, found, devices, settings.linkHealth(), now);
        } finally {
            own.register(kubelet, now);
        }
    }

    private RunningPool open(PoolSettings pool) {
        String resource = pool.resource();
        for (boolean healthy : List.of(true, false)) {
            ports.meters()
                    .gauge(
                            "devices",
                            () -> count(resource, healthy),
                            "resource",
                            resource,
                            "health",
                            healthy ? "healthy" : "unhealthy");
        }
        return new RunningPool(
                pool,
                settings.cdi().isPresent(),
                new PoolFiles(directory, settings.cdi(), ports.files()),
                kubelet,
                loops,
                ports.meters());
    }

    private long count(String resource, boolean healthy) {
        return Optional.ofNullable(running.get(resource))
                .map(pool -> pool.answers().offer().count(healthy))
                .orElse(0L);
    }

    private void retire(String resource) {
        Optional.ofNullable(running.remove(resource))
                .ifPresent(pool -> attempt("resource " + resource, pool::close));
    }

    private void attempt(String what, Runnable work) {
        try {
            work.run();
            complain(what, "");
        } catch (RuntimeException e) {
            complain(what, String.valueOf(e.getMessage()));
        }
    }

    /// @param words empty where nothing is wrong
    private void complain(String what, String words) {
        if (!words.equals(complaints.put(what, words)) && !words.isEmpty()) {
            LOG.log(Level.WARNING, "device plugin, {0}: {1}", what, words);
        }
    }

    /// Takes away sockets and files: the kubelet counts the devices as unhealthy.
    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::retire);
        Future<?> _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
