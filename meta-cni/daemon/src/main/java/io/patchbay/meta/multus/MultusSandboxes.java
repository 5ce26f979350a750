package io.patchbay.meta.multus;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.attach.Attacher;
import io.patchbay.meta.attach.AttachmentDevice;
import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.attach.Failures;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.delegate.ForeignCall;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sandboxes of a node that was Multus', by its cache. Every plugin is called as a binary, even
/// one that Patchbay has in process: it was a binary that attached, and the state is its own.
public final class MultusSandboxes implements Inherited {
    private static final Logger LOG = System.getLogger(MultusSandboxes.class.getName());

    private final MultusCache cache;
    private final Kernel kernel;
    private final Delegates binaries;
    private final Attacher attacher;
    private final DeviceInfoDirectory deviceInfo;
    private final DeviceFiles devices;
    private final InstantSource clock;

    /// @param cache Multus' `cniDir`; it need not be there
    /// @param attacher keeps calls for one container apart
    /// @param deviceInfo where Multus kept the files of device information
    public MultusSandboxes(
            Path cache,
            Kernel kernel,
            Delegates binaries,
            Attacher attacher,
            DeviceInfoDirectory deviceInfo,
            DeviceFiles devices,
            InstantSource clock) {
        this.cache = new MultusCache(cache);
        this.kernel = kernel;
        this.binaries = binaries;
        this.attacher = attacher;
        this.deviceInfo = deviceInfo;
        this.devices = devices;
        this.clock = clock;
    }

    /// What one call works with.
    ///
    /// @param netns CNI_NETNS; empty when the namespace is gone
    private record Round(
            String primary,
            String netns,
            Map<String, String> args,
            List<String> path,
            Instant deadline) {}

    @Override
    public void del(CniRequest call, Optional<Netns> pod, Instant deadline) {
        attacher.alone(
                call.containerId(),
                deadline,
                () ->
                        find(call.containerId())
                                .ifPresent(sandbox ->
                                        undo(
                                                sandbox,
                                                new Round(
                                                        call.ifName(),
                                                        netns(pod, sandbox),
                                                        call.args(),
                                                        call.path(),
                                                        deadline))));
    }

    private Optional<CachedSandbox> find(String containerId) {
        return cache.find(containerId).filter(sandbox -> !sandbox.delegatesToUs());
    }

    /// The last attachment first, and of each the last plugin; all are tried. Nothing of the cache
    /// goes before all is undone.
    private void undo(CachedSandbox sandbox, Round round) {
        if (sandbox.damage().isPresent() && sandbox.results().isEmpty()) {
            throw sandbox.damage().get();
        }
        sandbox.damage()
                .ifPresent(damage ->
                        LOG.log(
                                Level.WARNING,
                                "{0}: libcni''s cache is used instead",
                                damage.getMessage()));
        Failures failures = new Failures();
        for (CachedAttachment attachment : sandbox.attachments(round.primary()).reversed()) {
            failures.attempt(() -> del(plan(attachment, round), round, failures));
        }
        throwFirst(failures);
        cache.erase(sandbox);
        LOG.log(Level.INFO, "undone from Multus'' cache: container {0}", sandbox.containerId());
    }

    private PlannedAttachment plan(CachedAttachment attachment, Round round) {
        return attachment.plan(round.args(), round.path(), deviceInfo);
    }

    /// The device's file stays for a DEL that is to come again, for the plugin may read it.
    private void del(PlannedAttachment attachment, Round round, Failures failures) {
        Failures own = new Failures();
        for (PlannedStep step : attachment.steps().reversed()) {
            own.attempt(() -> run("DEL", attachment, step, round));
        }
        if (own.none()) {
            own.attempt(() -> AttachmentDevice.of(attachment, devices).remove());
        }
        failures.addAll(own);
    }

    private void run(String verb, PlannedAttachment attachment, PlannedStep step, Round round) {
        try {
            new ForeignCall(binaries.foreign(attachment, step, round.netns()), clock)
                    .of(attachment.id())
                    .in(round.netns())
                    .until(round.deadline())
                    .run(verb);
        } catch (CniException e) {
            CniException placed =
                    new CniException(
                            e.code(),
                            "%s (%s, %s), which Multus attached: %s"
                                    .formatted(
                                            attachment.id().ifName(),
                                            attachment.title(),
                                            step.type(),
                                            e.getMessage()),
                            e.details());
            placed.initCause(e);
            throw placed;
        }
    }

    private static void throwFirst(Failures failures) {
        failures.thrown()
                .ifPresent(first -> {
                    throw first;
                });
    }

    @Override
    public boolean check(CniRequest call, Netns pod, Instant deadline) {
        Optional<CachedSandbox> sandbox = find(call.containerId());
        sandbox.ifPresent(known ->
                attacher.alone(
                        call.containerId(),
                        deadline,
                        () ->
                                check(
                                        known,
                                        new Round(
                                                call.ifName(),
                                                pod.path(),
                                                call.args(),
                                                call.path(),
                                                deadline))));
        return sandbox.isPresent();
    }

    private void check(CachedSandbox sandbox, Round round) {
        sandbox.damage()
                .ifPresent(damage -> {
                    throw damage;
                });
        for (CachedAttachment cached : sandbox.attachments(round.primary())) {
            PlannedAttachment attachment = plan(cached, round);
            if (!attachment.disableCheck() && attachment.version().isAtLeast(CniVersion.V0_4_0)) {
                attachment.steps().forEach(step -> run("CHECK", attachment, step, round));
            }
        }
    }

    @Override
    public Set<AttachmentId> attachments(CniRequest call) {
        return cache.containers().stream()
                .flatMap(containerId -> find(containerId).stream())
                .flatMap(sandbox -> ids(sandbox, call.path()))
                .collect(Collectors.toSet());
    }

    private Stream<AttachmentId> ids(CachedSandbox sandbox, List<String> path) {
        sandbox.damage()
                .ifPresent(damage -> {
                    throw damage;
                });
        return sandbox.attachments(sandbox.primary()).stream()
                .map(attachment -> attachment.plan(Map.of(), path, deviceInfo).id());
    }

    @Override
    public void gc(CniRequest call, Predicate<String> valid, Instant deadline) {
        Failures failures = new Failures();
        for (String containerId : cache.containers()) {
            if (!valid.test(containerId)) {
                failures.attempt(() -> collect(containerId, call, deadline));
            }
        }
        throwFirst(failures);
    }

    private void collect(String containerId, CniRequest call, Instant deadline) {
        attacher.alone(
                containerId,
                deadline,
                () ->
                        find(containerId)
                                .ifPresent(sandbox ->
                                        undo(
                                                sandbox,
                                                new Round(
                                                        sandbox.primary(),
                                                        netns(Optional.empty(), sandbox),
                                                        Map.of("IgnoreUnknown", "1"),
                                                        call.path(),
                                                        deadline))));
    }

    private String netns(Optional<Netns> pod, CachedSandbox sandbox) {
        return pod.map(Netns::path)
                .orElseGet(() -> isLiving(sandbox.netns()) ? sandbox.netns() : "");
    }

    /// A path below /proc is a process's, and the process may be another one by now.
    private boolean isLiving(String path) {
        if (path.isEmpty() || path.startsWith("/proc/")) {
            return false;
        }
        try (OpenNetns found = kernel.open(path)) {
            return found.inode() != kernel.host().inode();
        } catch (KernelException e) {
            return false;
        }
    }
}
