package io.patchbay.kit.rig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kernel.Kernel;
import io.patchbay.kit.fault.Faults;
import io.patchbay.kit.fault.FaultyDeviceFiles;
import io.patchbay.kit.fault.FaultyKernel;
import io.patchbay.kit.fault.FaultySource;
import io.patchbay.kit.fault.FaultyStorage;
import io.patchbay.kit.snapshot.FileState;
import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.attach.Attacher;
import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.cni.RequestDecoder;
import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.delegate.Ports;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.meta.ipam.AddressSources;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.NetworksAnnotation;
import io.patchbay.meta.plan.Planner;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A node in a namespace of its own, with the real core and the real kernel behind ports that can
/// be made to fail. A restart builds the core anew on the same state, as after a crash.
public final class NodeRig implements AutoCloseable {
    private static final int SECONDS = 60;
    private static final String RESOURCE = "rig/device";

    private final PrivateNetns node = PrivateNetns.create();
    private final NodeKernel kernel = new NodeKernel(Kernel.ofThisMachine(), node.path());
    private final Faults faults = new Faults();
    private final Path state;
    private final List<DelegateProvider<?>> providers;
    private final Map<String, ObjectNode> settings;
    private Delegates delegates;
    private Attacher attacher;
    private SandboxJournal journal;

    /// @param state an empty directory, for journal, notes and leases
    /// @param settings the sections of patchbay.yaml by delegate type
    public NodeRig(
            Path state, List<DelegateProvider<?>> providers, Map<String, ObjectNode> settings) {
        this.state = state;
        this.providers = List.copyOf(providers);
        this.settings = Map.copyOf(settings);
        this.delegates = load();
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

    private Delegates load() {
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
                        new SilentCluster(),
                        new SilentMeters(),
                        InstantSource.system(),
                        storage);
        return new Delegates(
                providers,
                settings,
                ports,
                AddressSources.ofThisNode(InstantSource.system(), port),
                List.of(Path.of("/usr/lib/cni")),
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
        delegates = load();
        journal = journal();
        attacher = attach();
        Optional<RuntimeException> failure = attacher.reconcile();
        delegates.start();
        return failure;
    }

    public Faults faults() {
        return faults;
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
        return add(pod, plan(pod, selected, configs));
    }

    private List<AttachedNetwork> add(RigPod pod, AttachmentPlan plan) {
        try (var netns = new FaultyKernel(kernel, faults).open(pod.path())) {
            return attacher.add(plan, netns, deadline());
        }
    }

    /// What an ADD would run.
    public AttachmentPlan plan(RigPod pod, String... configs) {
        return plan(
                pod,
                Collections.nCopies(configs.length, NetworkSelection.of("rig", "network")),
                List.of(configs));
    }

    private AttachmentPlan plan(
            RigPod pod, List<NetworkSelection> selections, List<String> configs) {
        List<SelectedNetwork> networks = new ArrayList<>();
        for (String config : configs) {
            int n = networks.size();
            NetworkConfigList network =
                    NetworkConfigDecoder.decode("network " + n, config, "rig-" + n);
            networks.add(
                    new SelectedNetwork(
                            network.name(), selections.get(n), network, Optional.of(RESOURCE)));
        }
        return Planner.plan(
                request(pod),
                new PodRef("rig", pod.containerId(), ""),
                journal.freeNumber(),
                pod.inode(),
                networks.getFirst(),
                networks.subList(1, networks.size()),
                new DeviceInfoDirectory(deviceInfo()));
    }

    private Path deviceInfo() {
        return state.resolve("devinfo");
    }

    /// Describes a device as its device plugin does, for networks that are given it by `deviceID`.
    public void describe(String device, String json) {
        Path file =
                deviceInfo()
                        .resolve("dp")
                        .resolve("%s-%s-device.json".formatted(RESOURCE.replace('/', '-'), device));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CniRequest request(RigPod pod) {
        return RequestDecoder.decode(
                Map.of(
                        "CNI_COMMAND", "ADD",
                        "CNI_CONTAINERID", pod.containerId(),
                        "CNI_NETNS", pod.path(),
                        "CNI_IFNAME", "eth0",
                        "CNI_PATH", "/usr/lib/cni"),
                "{\"cniVersion\": \"1.1.0\", \"name\": \"rig\", \"type\": \"patchbay\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Instant deadline() {
        return Instant.now().plusSeconds(SECONDS);
    }

    public void check(RigPod pod) {
        try (var netns = new FaultyKernel(kernel, faults).open(pod.path())) {
            attacher.check(pod.containerId(), netns, deadline());
        }
    }

    /// DEL as a runtime calls it whose namespace still lives.
    public void del(RigPod pod) {
        try (var netns = new FaultyKernel(kernel, faults).open(pod.path())) {
            attacher.del(pod.containerId(), "eth0", Optional.of(netns), deadline());
        }
    }

    /// DEL without CNI_NETNS.
    public void delWithoutNamespace(RigPod pod) {
        attacher.del(pod.containerId(), "eth0", Optional.empty(), deadline());
    }

    /// Everything on the node that can leak.
    public Snapshot snapshot() {
        return NetworkState.take("node", node.witness()).plus(FileState.take("state", state));
    }

    @Override
    public void close() {
        delegates.close();
        kernel.close();
        node.close();
    }
}
