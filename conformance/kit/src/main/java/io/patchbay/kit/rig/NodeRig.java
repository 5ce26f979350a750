package io.patchbay.kit.rig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.fault.Faults;
import io.patchbay.kit.fault.FaultyDeviceFiles;
import io.patchbay.kit.fault.FaultyKernel;
import io.patchbay.kit.fault.FaultySource;
import io.patchbay.kit.fault.FaultyStorage;
import io.patchbay.kit.rig.RigPlans.Place;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.MountState;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.attach.Attacher;
import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.delegate.Ports;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.meta.ipam.AddressSources;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.NetworksAnnotation;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A node in a namespace of its own, with the real core and the real kernel behind ports that can
/// be made to fail. A restart builds the core anew on the same state, as after a crash.
public final class NodeRig implements AutoCloseable {
    private static final int SECONDS = 60;

    private final PrivateNetns node = PrivateNetns.withMounts();
    private final NodeKernel own =
            new NodeKernel(
                    Kernel.ofThisMachine(),
                    node.path(),
                    Kernel.directories(node.holder().resolve("ns/mnt")));
    private final Kernel kernel;
    private final AssignedDevices assigned;
    private final Supplier<Snapshot> hardware;
    private final Faults faults = new Faults();
    private final ScriptedCluster cluster = new ScriptedCluster();
    private final Path state;
    private final Map<String, ObjectNode> settings;
    private List<DelegateProvider<?>> providers;
    private Delegates delegates;
    private Attacher attacher;
    private SandboxJournal journal;

    /// @param state an empty directory, for journal, notes and leases
    /// @param settings the sections of patchbay.yaml by delegate type
    public NodeRig(
            Path state, List<DelegateProvider<?>> providers, Map<String, ObjectNode> settings) {
        this(state, providers, settings, Hardware.NONE);
    }

    public NodeRig(
            Path state,
            List<DelegateProvider<?>> providers,
            Map<String, ObjectNode> settings,
            Hardware hardware) {
        this.state = state;
        this.kernel = hardware.kernel().apply(own);
        this.hardware = hardware.state();
        this.assigned = new AssignedDevices(hardware.devices());
        this.providers = List.copyOf(providers);
        this.settings = Map.copyOf(settings);
        this.delegates = load(this.providers);
        this.journal = journal();
        this.attacher = attach();
    }

    public static NodeRig of(Path state, DelegateProvider<?>... providers) {
        NodeRig rig = new NodeRig(state, List.of(providers), Map.of());
        rig.start();
        return rig;
    }

    /// Starts the delegates, once the node has what they need.
    public void start() {
        delegates.start();
    }

    /// A second set of delegates on the same node and state, created and not started.
    public Delegates load(List<DelegateProvider<?>> providers) {
        FaultyStorage storage = storage();
        AddressPort port =
                new AddressPort() {
                    @Override
                    public <S extends Record> AddressSource<S> decorate(AddressSource<S> source) {
                        return new FaultySource<>(source, faults);
                    }
                };
        Ports ports =
                new Ports(
                        new FaultyKernel(kernel, faults).host(),
                        new FaultyKernel(kernel, faults).pci(),
                        new FaultyKernel(kernel, faults).directories(),
                        cluster,
                        _ -> new SilentMeters(),
                        InstantSource.system(),
                        storage);
        return new Delegates(
                providers,
                settings,
                ports,
                AddressSources.ofThisNode(InstantSource.system(), port),
                List.of(binaries(), Path.of("/usr/lib/cni")),
                UnknownKeys.REFUSED);
    }

    private FaultyStorage storage() {
        return new FaultyStorage(new DurableFiles(state.resolve("state")), faults);
    }

    private SandboxJournal journal() {
        return new SandboxJournal(storage());
    }

    private Attacher attach() {
        return new Attacher(
                new FaultyKernel(kernel, faults),
                delegates,
                journal,
                new FaultyDeviceFiles(DeviceFiles.ofThisMachine(), faults),
                InstantSource.system());
    }

    /// The core anew, as a process that starts: state is read, crashed ADDs are undone.
    public Optional<RuntimeException> restart() {
        delegates.close();
        delegates = load(providers);
        journal = journal();
        attacher = attach();
        Optional<RuntimeException> failure = attacher.reconcile();
        delegates.start();
        return failure;
    }

    /// As {@link #restart}, after an upgrade to other providers.
    public Optional<RuntimeException> restart(DelegateProvider<?>... upgraded) {
        providers = List.of(upgraded);
        return restart();
    }

    /// A start on a journal that was lost; the notes of delegates and the leases are still there.
    public Optional<RuntimeException> restartWithoutJournal() {
        FaultyStorage storage = storage();
        for (String directory : List.of("sandboxes", "results")) {
            storage.list(directory).forEach(storage::erase);
        }
        return restart();
    }

    public Faults faults() {
        return faults;
    }

    /// The cluster that the delegates see, which knows nothing at first.
    public ScriptedCluster cluster() {
        return cluster;
    }

    public Delegates delegates() {
        return delegates;
    }

    /// The node's namespace by the system's own commands.
    public Witness witness() {
        return node.witness();
    }

    /// The node's namespace, past the faults.
    public Netns host() {
        return kernel.host();
    }

    public String path() {
        return node.path();
    }

    /// Where host-local is to keep its leases.
    public Path leases() {
        return state.resolve("leases");
    }

    /// Adds a pod's networks; the first is eth0's.
    ///
    /// @param configs a configuration or a configuration list each, as a NAD has them
    public List<AttachedNetwork> add(RigPod pod, String... configs) {
        return add(pod, plan(pod, configs));
    }

    /// Adds networks that a pod has more to say about; the first is eth0's.
    ///
    /// @param selections an element of the networks annotation for each configuration
    public List<AttachedNetwork> add(RigPod pod, List<String> selections, List<String> configs) {
        List<NetworkSelection> selected =
                NetworksAnnotation.parse("[" + String.join(",", selections) + "]", "rig");
        return add(pod, plans().plan(Place.of(pod), journal.freeNumber(), selected, configs));
    }

    private List<AttachedNetwork> add(RigPod pod, AttachmentPlan plan) {
        try (var netns = open(pod)) {
            return attacher.add(plan, netns, deadline());
        }
    }

    /// What an ADD would run.
    public AttachmentPlan plan(RigPod pod, String... configs) {
        List<NetworkSelection> selections = new ArrayList<>();
        for (int i = 0; i < configs.length; i++) {
            NetworkSelection plain = NetworkSelection.of("rig", "network");
            selections.add(assigned.of(pod.containerId() + "/" + i).map(plain::with).orElse(plain));
        }
        return plans().plan(Place.of(pod), journal.freeNumber(), selections, List.of(configs));
    }

    /// Describes a device as its device plugin does, for networks that are given it by `deviceID`.
    public void describe(String device, String json) {
        plans().describe(device, json);
    }

    private RigPlans plans() {
        return new RigPlans(state.resolve("devinfo"), binaries());
    }

    private Path binaries() {
        return state.resolve("bin");
    }

    /// Puts a plugin into the plug-in path, to be run in the node's namespace.
    public void install(String type, Path binary) {
        try {
            Files.createDirectories(binaries());
            Files.writeString(
                    binaries().resolve(type),
                    "#!/bin/sh\nexec nsenter --net=%s %s\n".formatted(node.path(), binary));
            Files.setPosixFilePermissions(
                    binaries().resolve(type), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant deadline() {
        return Instant.now().plusSeconds(SECONDS);
    }

    /// As the runtime's side hands it over: opening it is no call of the core's.
    private OpenNetns open(RigPod pod) {
        return new FaultyKernel(kernel, faults).passed(kernel.open(pod.path()));
    }

    public void check(RigPod pod) {
        try (var netns = open(pod)) {
            attacher.check(pod.containerId(), netns, deadline());
        }
    }

    /// DEL as a runtime calls it whose namespace still lives.
    public void del(RigPod pod) {
        try (var netns = open(pod)) {
            attacher.del(pod.containerId(), "eth0", Optional.of(netns), deadline());
        }
    }

    /// DEL without CNI_NETNS.
    public void delWithoutNamespace(RigPod pod) {
        attacher.del(pod.containerId(), "eth0", Optional.empty(), deadline());
    }

    /// GC with some pods as the valid ones.
    public void gc(List<RigPod> valid, String... configs) {
        List<String> ids = valid.stream().map(RigPod::containerId).toList();
        attacher.gc(
                sandbox -> ids.contains(sandbox.plan().containerId()),
                networks(configs),
                Set.of(),
                deadline());
    }

    /// STATUS of some networks.
    public void status(String... configs) {
        attacher.status(networks(configs));
    }

    private List<PlannedAttachment> networks(String... configs) {
        Place nowhere = new Place(new PodRef("rig", "rig", "rig"), node.path(), 0);
        return plans().plan(nowhere, journal.freeNumber(), List.of(configs)).attachments();
    }

    /// The number that the links of a pod's attachments bear as their group; their indexes begin
    /// there.
    public int number(RigPod pod) {
        return journal.find(pod.containerId()).orElseThrow().plan().number();
    }

    /// Everything on the node that can leak.
    public Snapshot snapshot() {
        return NetworkState.take("node", node.witness())
                .plus(MountState.take("node", node.holder()))
                .plus(FileState.take("state", state))
                .plus(hardware.get());
    }

    @Override
    public void close() {
        delegates.close();
        own.close();
        node.close();
    }
}
