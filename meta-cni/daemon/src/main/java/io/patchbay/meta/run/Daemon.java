package io.patchbay.meta.run;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.attach.Attacher;
import io.patchbay.meta.attach.Backoff;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.delegate.Providers;
import io.patchbay.meta.desk.Desk;
import io.patchbay.meta.desk.Metrics;
import io.patchbay.meta.desk.MetricsEndpoint;
import io.patchbay.meta.device.AssignedDevices;
import io.patchbay.meta.device.KubeletDevices;
import io.patchbay.meta.deviceplugin.DevicePlugin;
import io.patchbay.meta.deviceplugin.DevicePluginSettings;
import io.patchbay.meta.ipam.AddressSources;
import io.patchbay.meta.jar.Jars;
import io.patchbay.meta.kube.ApiServerView;
import io.patchbay.meta.kube.ClusterView;
import io.patchbay.meta.kube.ManifestDirectory;
import io.patchbay.meta.kube.NetworkConfigDirectory;
import io.patchbay.meta.kube.PodNetworks;
import io.patchbay.meta.kube.ViewedCluster;
import io.patchbay.meta.multus.MultusSandboxes;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.process.Killing;
import io.patchbay.meta.socket.Listener;
import io.patchbay.meta.socket.RequestHandler;
import io.patchbay.meta.socket.Spool;
import io.patchbay.meta.socket.SpoolWatch;
import io.patchbay.spi.Table;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The process, put together and running.
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Daemon.class.getName());

    private static final String DEVICE_PLUGIN = "device-plugin";

    private static final long ROOT = 0;
    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(2);

    /// Less than systemd waits before it kills (patchbay.service, TimeoutStopSec).
    private static final Duration DRAIN = Duration.ofSeconds(45);

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Settings settings;
    private final Ports ports;
    private final InstantSource clock = InstantSource.system();
    private final Metrics metrics = new Metrics();

    /// What must be closed, the last first.
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Optional<Jars> jars = Optional.empty();

    private volatile Optional<DevicePlugin> devicePlugin = Optional.empty();

    private Daemon(Settings settings, Ports ports) {
        this.settings = settings;
        this.ports = ports;
    }

    /// Reconciles what an earlier process left, and takes requests from when this returns. What
    /// makes it impossible is thrown, and nothing is left running then.
    public static Daemon start(Settings settings, Ports ports) {
        Daemon daemon = new Daemon(settings, ports);
        try {
            daemon.start();
            return daemon;
        } catch (RuntimeException e) {
            daemon.close();
            throw e;
        }
    }

    private void start() {
        parts.push(StateLock.hold(settings.state()));
        ClusterView view = view();
        parts.push(view);
        SandboxJournal journal = new SandboxJournal(ports.storage());
        Jars found = new Jars(settings.delegatePath(), settings.state(), ports.storage(), clock);
        jars = Optional.of(found);
        Delegates delegates = delegates(view, found);
        parts.push(delegates);
        Attacher attacher =
                new Attacher(ports.kernel(), delegates, journal, ports.devices(), clock);
        Statuses statuses = new Statuses(view, journal);
        Killing.abandoned();
        reconcile(attacher, journal, statuses);
        delegates.start();
        parts.push(attacher.retry(BACKOFF, sandbox -> statuses.withdrawGone(List.of(sandbox))));

        Spool spool = new Spool(ports.storage(), settings.deadline());
        var deviceInfo = new DeviceInfoDirectory(settings.deviceInfoDirectory());
        RequestHandler verbs =
                new Verbs(
                        new PodNamespaces(ports.kernel()),
                        journal,
                        attacher,
                        new PodNetworks(
                                view,
                                settings.defaultNetwork(),
                                settings.selection(),
                                new NetworkConfigDirectory(settings.networkConfigDirectory()),
                                new AssignedDevices(new KubeletDevices(settings.kubelet()))),
                        statuses,
                        new PodEvents(view),
                        spool,
                        new Heirs(
                                new MultusSandboxes(
                                        settings.multus().cache(),
                                        ports.kernel(),
                                        delegates,
                                        attacher,
                                        deviceInfo,
                                        ports.devices(),
                                        clock),
                                delegates,
                                attacher),
                        deviceInfo,
                        new RequestMeters(metrics.of(RequestMeters.TYPE)));
        listen(
                spool,
                verbs,
                new Desk(delegates, this::ownTables, metrics, attacher::checkEach).before(verbs));
        settings.metrics().listen().ifPresent(this::serveMetrics);
        settings.devicePlugin().ifPresent(plugin -> offerDevices(plugin, deviceInfo));
        parts.push(JarWatch.start(settings.delegatePath(), found, delegates));
        parts.push(found::end);
        CniConfigFile.publish(settings.cniConfigDirectory(), settings.cniConfigName());
        LOG.log(
                Level.INFO,
                "ready on {0}: {1} sandboxes, delegates {2}, networks of {3}",
                settings.socket(),
                journal.all().size(),
                String.join(", ", delegates.types()),
                view.place());
    }

    /// The client of the API server is loaded only where there is one.
    private ClusterView view() {
        return settings.kubernetes().isPresent()
                ? ApiServerView.open(settings.kubernetes().get(), System.getenv(), clock)
                : ManifestDirectory.open(settings.manifests());
    }

    private Delegates delegates(ClusterView view, Jars jars) {
        Delegates delegates =
                new Delegates(
                        Providers.of(Daemon.class.getClassLoader()),
                        settings.delegates(),
                        new io.patchbay.meta.delegate.Ports(
                                ports.kernel().host(),
                                ports.kernel().pci(),
                                ports.kernel().directories(),
                                background -> new ViewedCluster(view, background),
                                metrics::of,
                                clock,
                                ports.storage()),
                        AddressSources.ofThisNode(clock, ports.addresses()),
                        settings.pluginPath(),
                        settings.unknownKeys());
        delegates.load(jars.load());
        Set<String> unclaimed = new TreeSet<>(settings.delegates().keySet());
        unclaimed.removeAll(delegates.types());
        if (!unclaimed.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "the configuration has a section for {0}, and there is no such delegate",
                    String.join(", ", unclaimed));
        }
        return delegates;
    }

    private static void reconcile(Attacher attacher, SandboxJournal journal, Statuses statuses) {
        List<Sandbox> before = journal.all();
        attacher.reconcile()
                .ifPresent(failure ->
                        LOG.log(
                                Level.WARNING,
                                "what an earlier process left cannot be undone yet, and is tried"
                                        + " again",
                                failure));
        statuses.withdrawGone(before);
        statuses.restore();
    }

    /// Drains the spool before the socket is there, and again once it is: the plugin binary may
    /// have found no socket in between.
    private void listen(Spool spool, RequestHandler verbs, RequestHandler all) {
        spool.drain(verbs);
        parts.push(
                Listener.open(
                        new Listener.Options(
                                settings.socket(),
                                settings.threads(),
                                ROOT,
                                CLIENT_PATIENCE,
                                settings.deadline(),
                                DRAIN),
                        all));
        parts.push(
                SpoolWatch.start(spool, settings.state().resolve(Spool.DIRECTORY), verbs, BACKOFF));
    }

    /// Pods do not wait for metrics: an address that is taken is told, and no more.
    private void serveMetrics(InetSocketAddress address) {
        try {
            parts.push(MetricsEndpoint.open(address, metrics));
        } catch (IOException e) {
            LOG.log(
                    Level.ERROR,
                    "metrics are not served: {0}, which is metrics.listen, cannot be listened on:"
                            + " {1}",
                    address,
                    e.getMessage());
        }
    }

    private void offerDevices(DevicePluginSettings plugin, DeviceInfoDirectory deviceInfo) {
        DevicePlugin started =
                DevicePlugin.start(
                        plugin,
                        settings.kubelet(),
                        deviceInfo,
                        new DevicePlugin.Ports(
                                plugin.root().map(Kernel::pci).orElseGet(ports.kernel()::pci),
                                plugin.root().orElse(Path.of("/")),
                                ports.kernel().host(),
                                ports.devices(),
                                metrics.of(DEVICE_PLUGIN),
                                clock));
        parts.push(started);
        devicePlugin = Optional.of(started);
    }

    /// What the process itself has to show, by what it goes under.
    private Map<String, Supplier<List<Table>>> ownTables() {
        return devicePlugin
                .map(plugin -> Map.<String, Supplier<List<Table>>>of(DEVICE_PLUGIN, plugin::tables))
                .orElse(Map.of());
    }

    /// For shutdown hooks: whether a third party's jar ends the process, whose calls will not end.
    boolean isEndedByJar() {
        return jars.map(Jars::endsProcess).orElse(false);
    }

    /// Takes no more requests, finishes those in flight, and ends. The CNI configuration stays.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "the daemon ends with a failure", e);
            }
        }
    }
}
