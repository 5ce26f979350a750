package io.patchbay.meta.attach;

import io.patchbay.meta.journal.Notes;
import io.patchbay.meta.journal.Storage;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Every sandbox that has, or may have, something in the world. A plan is durable before its first
/// effect; its results follow when it is whole, without fsync, for losing them only means that the
/// ADD counts as crashed.
public final class SandboxJournal {
    private final Notes<AttachmentPlan> plans;
    private final Notes<Results> results;
    private final Map<String, Sandbox> sandboxes = new ConcurrentHashMap<>();

    /// The note of a whole ADD, and of a DEL that could not be finished since.
    record Results(List<CniResult> steps, boolean detaching) {}

    /// Reads what is there; what cannot be read is set aside.
    public SandboxJournal(Storage storage) {
        plans = new Notes<>(storage, "sandboxes", AttachmentPlan.class);
        results = new Notes<>(storage, "results", Results.class);
        plans.all().forEach((id, plan) -> sandboxes.put(id, sandbox(id, plan)));
    }

    private Sandbox sandbox(String id, AttachmentPlan plan) {
        return results.find(id)
                .map(found -> new Sandbox(plan, Optional.of(found.steps()), found.detaching()))
                .orElseGet(() -> Sandbox.begun(plan));
    }

    public Optional<Sandbox> find(String containerId) {
        return Optional.ofNullable(sandboxes.get(containerId));
    }

    public List<Sandbox> all() {
        return List.copyOf(sandboxes.values());
    }

    /// Draws a number no sandbox has.
    public int freeNumber() {
        return SandboxNumber.draw(ThreadLocalRandom.current(), this::isTaken);
    }

    private boolean isTaken(int number) {
        return sandboxes.values().stream().anyMatch(sandbox -> sandbox.plan().number() == number);
    }

    /// Must return before the plan's first effect.
    void begin(AttachmentPlan plan) {
        synchronized (this) {
            if (isTaken(plan.number())) {
                throw CniException.tryAgain(
                        "the number " + plan.number() + " was drawn for two sandboxes at once");
            }
            sandboxes.put(plan.containerId(), Sandbox.begun(plan));
        }
        try {
            plans.write(plan.containerId(), plan);
        } catch (UncheckedIOException e) {
            sandboxes.remove(plan.containerId());
            throw unwritable(plan, e);
        }
    }

    private static CniException unwritable(AttachmentPlan plan, UncheckedIOException cause) {
        return new CniException(
                Standard.IO_FAILURE,
                "container %s cannot be journaled: make the state directory writable, with room"
                        .formatted(plan.containerId()),
                cause);
    }

    void finish(AttachmentPlan plan, List<CniResult> steps) {
        try {
            results.writeLazily(plan.containerId(), new Results(steps, false));
        } catch (UncheckedIOException e) {
            throw unwritable(plan, e);
        }
        sandboxes.put(plan.containerId(), new Sandbox(plan, Optional.of(steps), false));
    }

    /// Keeps a sandbox whose undo could not be finished. It is no living one any more, not even for
    /// a process that starts, which also an ADD without results is not.
    void keep(Sandbox unfinished) {
        AttachmentPlan plan = unfinished.plan();
        sandboxes.computeIfPresent(
                plan.containerId(), (id, _) -> new Sandbox(plan, unfinished.results(), true));
        if (!unfinished.detaching()) {
            unfinished
                    .results()
                    .ifPresent(steps ->
                            results.writeLazily(plan.containerId(), new Results(steps, true)));
        }
    }

    /// Once nothing of the sandbox is left in the world.
    void forget(AttachmentPlan plan) {
        plans.erase(plan.containerId());
        results.erase(plan.containerId());
        sandboxes.remove(plan.containerId());
    }
}
