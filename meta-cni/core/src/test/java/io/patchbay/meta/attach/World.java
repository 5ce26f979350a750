package io.patchbay.meta.attach;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.delegate.Binding;
import io.patchbay.meta.delegate.BoundSource;
import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A node on paper: every call of delegate, address source and kernel is an event in one list, and
/// any of them can be told to fail.
final class World implements Binding {
    static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");

    /// Whether addresses are asked for over the links.
    boolean overLink;

    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    /// How often an event still fails that is to fail some times only.
    private final Map<String, AtomicInteger> left = new ConcurrentHashMap<>();

    /// What a plugin does in the world when its call is the event.
    final Map<String, Runnable> effects = new HashMap<>();

    /// The results that delegates were told, by verb and type.
    final Map<String, CniResult> told = new HashMap<>();

    final PaperKernel kernel = new PaperKernel(events);
    final MemoryStorage storage = new MemoryStorage();

    DeviceFiles devices = DeviceFiles.ofThisMachine();

    record Config() {}

    Attacher attacher() {
        return new Attacher(
                kernel, this, new SandboxJournal(storage), devices, InstantSource.system());
    }

    /// A sandbox with one attachment for each list of plugin types.
    AttachmentPlan plan(String containerId, int number, List<List<String>> chains) {
        List<PlannedAttachment> attachments = new ArrayList<>();
        int position = 0;
        for (List<String> chain : chains) {
            String ifName = attachments.isEmpty() ? "eth0" : "net" + attachments.size();
            List<PlannedStep> steps = new ArrayList<>();
            for (String type : chain) {
                steps.add(step(position++, type));
            }
            attachments.add(
                    new PlannedAttachment(
                            new AttachmentId(containerId, "n-" + ifName, ifName),
                            "core/n-" + ifName,
                            CniVersion.NEWEST,
                            false,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            steps));
        }
        String netns = "/ns/" + containerId;
        kernel.inodes.putIfAbsent(netns, 100L + number);
        return new AttachmentPlan(
                containerId,
                new PodRef("core", "pod", ""),
                number,
                netns,
                kernel.inodes.get(netns),
                Optional.empty(),
                attachments);
    }

    private static PlannedStep step(int position, String type) {
        var json = JsonNodeFactory.instance.objectNode().put("type", type);
        return new PlannedStep(
                position,
                new PluginConfig(json),
                Capabilities.NONE,
                Map.of(),
                List.of(),
                Optional.empty());
    }

    Netns pod(AttachmentPlan plan) {
        return kernel.open(plan.netns());
    }

    void event(String event) {
        events.add(event);
        effects.getOrDefault(event, () -> {}).run();
        if (left.containsKey(event) && left.get(event).getAndDecrement() == 0) {
            failures.remove(event);
        }
        switch (failures.get(event)) {
            case null -> {}
            case Error kill -> throw kill;
            case Throwable failure -> throw (RuntimeException) failure;
        }
    }

    void failTimes(int times, String event, RuntimeException failure) {
        left.put(event, new AtomicInteger(times));
        failures.put(event, failure);
    }

    @Override
    public BoundStep<?> bind(PlannedAttachment attachment, PlannedStep step, String netns) {
        if (step.type().equals("unknown")) {
            throw CniException.invalidConfig("type \"unknown\" is claimed by nobody");
        }
        return bindLeniently(attachment, step, netns);
    }

    @Override
    public BoundStep<?> bindLeniently(
            PlannedAttachment attachment, PlannedStep step, String netns) {
        return new BoundStep<>(
                attachment,
                step,
                new Recorder(step.type()),
                Optional.of(new Config()),
                Optional.of(
                        new BoundSource<>(
                                new Addresses(), new Config(), overLink, (same, _) -> same)),
                Optional.empty());
    }

    /// What the `add` of a type returns.
    static CniResult resultOf(String type) {
        var dns = new CniResult.Dns(List.of(), Optional.of(type), List.of(), List.of());
        return new CniResult(List.of(), List.of(), List.of(), dns);
    }

    private final class Recorder implements Delegate<Config> {
        private final String type;

        Recorder(String type) {
            this.type = type;
        }

        @Override
        public void probe(Attachment<Config> attachment, Netns pod) {
            attachment.previous().ifPresent(result -> told.put("probe " + type, result));
            event("probe " + type + " " + attachment.id().ifName());
            tell(attachment);
        }

        @Override
        public Attached add(Attachment<Config> attachment, Netns pod) {
            attachment.ipam().acquire();
            tell(attachment);
            event("add " + type + " " + attachment.id().ifName());
            return Attached.of(resultOf(type));
        }

        @Override
        public void check(Attachment<Config> attachment, Netns pod) {
            attachment.previous().ifPresent(result -> told.put("check " + type, result));
            event("check " + type + " " + attachment.id().ifName());
            tell(attachment);
        }

        private void tell(Attachment<Config> attachment) {
            attachment.deviceInfo().ifPresent(device -> event(type + " sees " + device));
        }

        @Override
        public void del(Detachment<Config> detachment, Optional<Netns> pod) {
            detachment.result().ifPresent(result -> told.put("del " + type, result));
            event(
                    "del %s %s %s"
                            .formatted(
                                    type,
                                    detachment.id().ifName(),
                                    pod.isPresent() ? "inside" : "outside"));
        }

        @Override
        public void gc(NetworkConfig<Config> network, Set<AttachmentId> valid) {
            event("gc " + type + " " + valid.size());
        }
    }

    private final class Addresses implements AddressSource<Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Lease acquire(AttachmentId id, Config config, Wish wish) {
            event("acquire " + id.ifName());
            return Lease.EMPTY;
        }

        @Override
        public void check(AttachmentId id, Config config) {
            event("check lease " + id.ifName());
        }

        @Override
        public void release(AttachmentId id, Config config) {
            event("release " + id.ifName());
        }

        @Override
        public void gc(String network, Config config, Set<AttachmentId> valid) {
            event("gc leases " + valid.size());
        }

        @Override
        public void status(String network, Config config) {
            event("status of leases");
        }
    }
}
