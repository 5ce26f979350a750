package io.patchbay.meta.attach;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.jar.UnendedCall;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes a sandbox out of the world and then out of the journal, in the namespace that is its own
/// or in none. What cannot be finished stays in the journal and is thrown.
final class Detaching {
    private final Kernel kernel;
    private final Undo undo;
    private final SandboxJournal journal;
    private final InstantSource clock;
    private final SandboxLocks locks;
    private volatile Consumer<String> unfinished = containerId -> {};

    Detaching(
            Kernel kernel,
            Undo undo,
            SandboxJournal journal,
            InstantSource clock,
            SandboxLocks locks) {
        this.kernel = kernel;
        this.undo = undo;
        this.journal = journal;
        this.clock = clock;
        this.locks = locks;
    }

    /// Tells somebody from now on of every sandbox that could not be taken out.
    void onUnfinished(Consumer<String> listener) {
        unfinished = listener;
    }

    void detach(Sandbox sandbox, Handles handles) {
        attempt(sandbox, () -> run(sandbox, handles));
    }

    private void run(Sandbox sandbox, Handles handles) {
        Optional<RuntimeException> failure = undo.run(sandbox, handles).thrown();
        if (failure.isPresent()) {
            throw failure.get();
        }
        journal.forget(sandbox.plan());
    }

    private void attempt(Sandbox sandbox, Runnable undoing) {
        try {
            undoing.run();
        } catch (RuntimeException e) {
            keep(sandbox, e);
            throw e;
        }
    }

    private void keep(Sandbox sandbox, RuntimeException failure) {
        keep(sandbox, failure, UnendedCall.in(failure));
    }

    /// Leaves a sandbox to be taken out later: at once, or, where calls for it have not ended, once
    /// they have. It stays locked until then, for calls for one sandbox are never made at once.
    void keep(Sandbox sandbox, RuntimeException failure, List<UnendedCall> unended) {
        String containerId = sandbox.plan().containerId();
        try {
            journal.keep(sandbox);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        if (unended.isEmpty()) {
            unfinished.accept(containerId);
        } else {
            lockUntil(unended, containerId, () -> unfinished.accept(containerId));
        }
    }

    private void lockUntil(List<UnendedCall> unended, String containerId, Runnable then) {
        SandboxLocks.Held held = locks.keep(containerId);
        UnendedCall.whenEnded(
                unended,
                () -> {
                    held.close();
                    then.run();
                });
    }

    /// Keeps a sandbox locked for as long as calls go on that a failure came of.
    void lockWhileUnended(String containerId, RuntimeException failure) {
        List<UnendedCall> unended = UnendedCall.in(failure);
        if (!unended.isEmpty()) {
            lockUntil(unended, containerId, () -> {});
        }
    }

    /// @param passed the namespace as the runtime gave it; another one than was journaled counts as
    ///   none
    void detach(Sandbox sandbox, Optional<Netns> passed, Instant deadline) {
        locks.refuseKept(sandbox.plan().containerId());
        attempt(sandbox, () -> run(sandbox, passed, deadline));
    }

    private void run(Sandbox sandbox, Optional<Netns> passed, Instant deadline) {
        AttachmentPlan plan = sandbox.plan();
        Optional<Netns> pod = passed.filter(netns -> netns.inode() == plan.netnsInode());
        if (pod.isPresent()) {
            runIn(sandbox, pod, deadline);
            return;
        }
        Optional<OpenNetns> living = find(plan);
        try {
            runIn(sandbox, living.map(netns -> netns), deadline);
        } finally {
            living.ifPresent(OpenNetns::close);
        }
    }

    private void runIn(Sandbox sandbox, Optional<Netns> pod, Instant deadline) {
        try (OpenNetns host = kernel.openHost()) {
            run(sandbox, new Handles(host, pod, deadline, clock));
        }
    }

    /// Opens the namespace of a plan, if it still is the one at its path.
    Optional<OpenNetns> find(AttachmentPlan plan) {
        OpenNetns found;
        try {
            found = kernel.open(plan.netns());
        } catch (KernelException e) {
            if (e.isAbsent() || e.errno() == KernelException.EINVAL) {
                return Optional.empty();
            }
            throw e;
        }
        if (found.inode() == plan.netnsInode()) {
            return Optional.of(found);
        }
        found.close();
        return Optional.empty();
    }
}
