package io.patchbay.meta.deviceplugin;

import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.device.KubeletPaths;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.watch.WatchedDirectories;
import io.patchbay.spi.Meters;
import io.patchbay.spi.Table;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Offers PCI functions to the kubelet, and keeps what is offered true: whenever functions, links,
/// the pools' file or the kubelet's sockets change, it looks at all of them, and now and then
/// besides.
public final class DevicePlugin implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DevicePlugin.class.getName());

    /// How soon what nobody told is seen.
    private static final Duration SELDOM = Duration.ofSeconds(10);

    /// For a registration that the kubelet does not answer.
    private static final Duration LAST = Duration.ofSeconds(15);

    /// What it reaches the world by.
    ///
    /// @param root of the machine whose functions `pci` has
    /// @param host whose default routes count, and whose links are watched
    public record Ports(
            Pci pci,
            Path root,
            Netns host,
            DeviceFiles files,
            Meters meters,
            InstantSource clock) {}

    private final DevicePluginSettings settings;
    private final Registrar kubelet;
    private final Ports ports;
    private final Offering offering;
    private final Bell bell = new Bell();
    private final Thread thread;

    private DevicePlugin(
            DevicePluginSettings settings,
            Registrar kubelet,
            DeviceInfoDirectory directory,
            Ports ports) {
        this.settings = settings;
        this.kubelet = kubelet;
        this.ports = ports;
        this.offering = new Offering(settings, kubelet, directory, ports);
        this.thread = Thread.ofPlatform().daemon().name("patchbay-devices").unstarted(this::run);
    }

    /// Starts to offer; nobody waits for that.
    public static DevicePlugin start(
            DevicePluginSettings settings,
            KubeletPaths paths,
            DeviceInfoDirectory directory,
            Ports ports) {
        Registrar kubelet = new Registrar(paths.devicePlugins());
        DevicePlugin plugin = new DevicePlugin(settings, kubelet, directory, ports);
        plugin.thread.start();
        return plugin;
    }

    private void run() {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        parts.push(offering);
        try {
            watchFiles().ifPresent(parts::push);
            parts.push(new KernelWatch("functions", ports.pci()::watch, bell));
            if (settings.linkHealth()) {
                parts.push(new KernelWatch("links", ports.host()::watch, bell));
            }
            while (true) {
                offering.look();
                bell.await(SELDOM);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "devices are offered no longer");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "devices are offered no longer", e);
        } finally {
            parts.forEach(DevicePlugin::close);
        }
    }

    /// Empty where the kernel has no more watchers to give.
    private Optional<WatchedDirectories> watchFiles() {
        try {
            WatchedDirectories files = WatchedDirectories.open();
            files.watch(places());
            files.follow("patchbay-device-files", bell::ring);
            return Optional.of(files);
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "{0}: they are looked at now and then only", e.getMessage());
            return Optional.empty();
        }
    }

    /// The kubelet's directory, whose sockets count, and that of the pools' file.
    private Map<Path, Predicate<Path>> places() {
        Map<Path, Predicate<Path>> places = new HashMap<>();
        places.put(kubelet.directory(), file -> file.toString().endsWith(".sock"));
        settings.source()
                .file()
                .flatMap(file -> Optional.ofNullable(file.getParent()))
                .ifPresent(parent -> places.put(parent, _ -> true));
        return places;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the device plugin ends with a failure", e);
        }
    }

    /// What is offered, for an operator. From any thread.
    public List<Table> tables() {
        return Shown.tables(offering.running().values());
    }

    /// Takes the devices from the kubelet; pods keep those that they have.
    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!thread.join(LAST)) {
                LOG.log(Level.WARNING, "the device plugin does not end: it is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
