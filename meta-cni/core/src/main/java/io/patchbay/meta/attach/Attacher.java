package io.patchbay.meta.attach;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.delegate.Binding;
import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.jar.UnendedCall;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Netns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Makes, checks and undoes the attachments of sandboxes. Calls for one sandbox wait for each
/// other; calls for several run side by side; garbage collection runs alone.
public final class Attacher {
    /// What an undo may take, for the call that needs it may have no time left.
    private static final Duration UNDO = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final Binding binding;
    private final SandboxJournal journal;
    private final DeviceFiles devices;
    private final InstantSource clock;
    private final SandboxLocks locks;
    private final Detaching detaching;
    private final Collecting collecting;

    public Attacher(
            Kernel kernel,
            Binding binding,
            SandboxJournal journal,
            DeviceFiles devices,
            InstantSource clock) {
        this.kernel = kernel;
        this.binding = binding;
        this.journal = journal;
        this.devices = devices;
        this.clock = clock;
        this.locks = new SandboxLocks(clock);
        this.detaching =
                new Detaching(kernel, new Undo(binding, devices, journal), journal, clock, locks);
        this.collecting = new Collecting(detaching, binding, journal, clock);
    }

    /// Makes a plan's attachments. When it throws, nothing of them is left, or the journal keeps
    /// what could not be undone.
    public List<AttachedNetwork> add(AttachmentPlan asked, Netns pod, Instant deadline) {
        try (var _ = locks.one(asked.containerId(), deadline);
                OpenNetns host = kernel.openHost()) {
            Handles handles = new Handles(host, Optional.of(pod), deadline, clock);
            journal.find(asked.containerId()).ifPresent(earlier -> clear(earlier, deadline));
            AttachmentPlan plan = asked.with(binding::settle);
            Attaching attaching = Attaching.bind(plan, binding, devices);
            probe(attaching, plan.containerId(), handles);
            journal.begin(plan);
            try {
                Attaching.Outcome outcome = attaching.run(handles);
                journal.finish(plan, outcome);
                return outcome.networks();
            } catch (RuntimeException e) {
                undo(Sandbox.begun(plan), handles, e);
                throw e;
            }
        }
    }

    private void probe(Attaching attaching, String containerId, Handles handles) {
        try {
            attaching.probe(handles);
        } catch (RuntimeException e) {
            detaching.lockWhileUnended(containerId, e);
            throw e;
        }
    }

    /// A living sandbox is refused and left alone; what a failed ADD or DEL left is undone first.
    private void clear(Sandbox earlier, Instant deadline) {
        if (earlier.isWhole()) {
            throw CniException.invalidConfig(
                    "container %s is attached already: it needs a DEL before another ADD"
                            .formatted(earlier.plan().containerId()));
        }
        detaching.detach(earlier, Optional.empty(), deadline);
    }

    /// The runtime is told of the failure, not of the undo; what the undo could not do stays in the
    /// journal for DEL. Nothing is undone while a call still makes something.
    private void undo(Sandbox sandbox, Handles late, RuntimeException failure) {
        List<UnendedCall> unended = UnendedCall.in(failure);
        if (!unended.isEmpty()) {
            detaching.keep(sandbox, failure, unended);
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            detaching.detach(
                    sandbox,
                    new Handles(late.host(), late.pod(), clock.instant().plus(UNDO), clock));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Undoes a sandbox from the journal alone. One that is not there is success, as is another
    /// interface than the sandbox's own.
    ///
    /// @param pod the namespace as the runtime passed it; without it the journaled path is tried
    public void del(String containerId, String ifName, Optional<Netns> pod, Instant deadline) {
        try (var _ = locks.one(containerId, deadline)) {
            journal.find(containerId)
                    .filter(sandbox -> sandbox.owns(ifName))
                    .ifPresent(sandbox -> detaching.detach(sandbox, pod, deadline));
        }
    }

    /// Runs what is about a container that the journal need not know, while no other call for it is
    /// under way.
    public void alone(String containerId, Instant deadline, Runnable action) {
        try (var _ = locks.one(containerId, deadline)) {
            runAlone(containerId, action);
        }
    }

    private void runAlone(String containerId, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            detaching.lockWhileUnended(containerId, e);
            throw e;
        }
    }

    /// Throws where an attachment is not as its ADD left it.
    public void check(String containerId, Netns pod, Instant deadline) {
        try (var _ = locks.one(containerId, deadline);
                OpenNetns host = kernel.openHost()) {
            Sandbox sandbox = whole(containerId);
            List<CniResult> results = sandbox.results().orElseThrow();
            Handles handles = new Handles(host, Optional.of(pod), deadline, clock);
            check(Attaching.bind(sandbox.plan(), binding, devices), results, containerId, handles);
        }
    }

    private void check(
            Attaching attaching, List<CniResult> results, String containerId, Handles handles) {
        try {
            attaching.check(results, handles);
        } catch (RuntimeException e) {
            detaching.lockWhileUnended(containerId, e);
            throw e;
        }
    }

    /// Checks the attachments of a sandbox in the namespace that its journal names, each by itself.
    /// A sandbox that is not whole, or whose namespace is gone, is refused with 3, one that an
    /// earlier call is still about with 11.
    ///
    /// @param patience until when such a call is waited for
    public List<CheckedNetwork> checkEach(String containerId, Instant patience, Instant deadline) {
        try (var _ = locks.one(containerId, patience);
                OpenNetns host = kernel.openHost()) {
            Sandbox sandbox = whole(containerId);
            try (OpenNetns pod = living(sandbox.plan())) {
                Handles handles = new Handles(host, Optional.of(pod), deadline, clock);
                List<CheckedNetwork> checked =
                        Attaching.bind(sandbox.plan(), binding, devices)
                                .checkEach(sandbox.results().orElseThrow(), handles);
                checked.stream()
                        .flatMap(network -> network.failure().stream())
                        .forEach(failure -> detaching.lockWhileUnended(containerId, failure));
                return checked;
            }
        }
    }

    private OpenNetns living(AttachmentPlan plan) {
        return detaching
                .find(plan)
                .orElseThrow(() ->
                        new CniException(
                                Standard.UNKNOWN_CONTAINER,
                                "the namespace %s of container %s is gone"
                                        .formatted(plan.netns(), plan.containerId())));
    }

    private Sandbox whole(String containerId) {
        return journal.find(containerId)
                .filter(Sandbox::isWhole)
                .orElseThrow(() -> unknown(containerId));
    }

    private static CniException unknown(String containerId) {
        return new CniException(
                Standard.UNKNOWN_CONTAINER,
                "container %s is not attached: its ADD failed, or its DEL came first"
                        .formatted(containerId));
    }

    /// Asks every delegate and address source of some networks whether an ADD would succeed; the
    /// first refusal is thrown.
    public void status(List<PlannedAttachment> networks) {
        for (PlannedAttachment network : networks) {
            for (PlannedStep step : network.steps()) {
                status(binding.bind(network, step, ""));
            }
        }
    }

    private static <C extends Record> void status(BoundStep<C> step) {
        String network = step.attachment().id().network();
        step.config()
                .ifPresent(config -> step.delegate().status(new NetworkConfig<>(network, config)));
        step.addresses().ifPresent(source -> source.status(network));
    }

    /// Undoes every sandbox that is not valid, then lets each network drop what no sandbox owns. It
    /// goes on after a failure and throws at the end.
    ///
    /// @param others valid attachments that are not in the journal, for another program made them:
    ///   their addresses may be in the same files as ours
    public void gc(
            Predicate<Sandbox> valid,
            List<PlannedAttachment> networks,
            Set<AttachmentId> others,
            Instant deadline) {
        try (var _ = locks.all(deadline)) {
            Failures failures = collecting.undoAllBut(valid);
            collecting.sweep(networks, others, failures);
            failures.thrown()
                    .ifPresent(failure -> {
                        throw failure;
                    });
        }
    }

    /// Tries again in the background, from now until the result is closed, what an undo could not
    /// finish: that of an ADD, a DEL, a GC or the start.
    ///
    /// @param finished told of each sandbox that is gone by that
    public Retrying retry(Backoff backoff, Consumer<Sandbox> finished) {
        Retrying retrying = new Retrying(backoff, this::findUnfinished, this::finish, finished);
        detaching.onUnfinished(retrying::later);
        journal.all().stream()
                .filter(Sandbox::detaching)
                .forEach(sandbox -> retrying.later(sandbox.plan().containerId()));
        return retrying;
    }

    private Optional<Sandbox> findUnfinished(String containerId) {
        return journal.find(containerId).filter(Sandbox::detaching);
    }

    /// Another call may have finished it, and a new sandbox may have its id.
    private void finish(String containerId) {
        Instant deadline = clock.instant().plus(UNDO);
        try (var _ = locks.one(containerId, deadline)) {
            findUnfinished(containerId)
                    .ifPresent(sandbox -> detaching.detach(sandbox, Optional.empty(), deadline));
        }
    }

    /// Undoes what crashed half-way and what lost its namespace while nobody was looking. What
    /// cannot be undone now stays in the journal and is returned, for somebody to log.
    public Optional<RuntimeException> reconcile() {
        try (var _ = locks.all(clock.instant().plus(UNDO))) {
            Failures failures = collecting.undoAllBut(collecting::isAlive);
            failures.attempt(journal::eraseOrphans);
            return failures.thrown();
        }
    }
}
