package io.patchbay.meta.attach;

import io.patchbay.meta.delegate.Complaint;
import io.patchbay.meta.journal.Notes;
import io.patchbay.meta.journal.Storage;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/// Every sandbox that has, or may have, something in the world. A plan is durable before its first
/// effect; its results follow when it is whole, without fsync, for losing them only means that the
/// ADD counts as crashed.
public final class SandboxJournal {
    private final Notes<AttachmentPlan> plans;
    private final Notes<Results> results;
    private final Notes<Undone> undone;
    private final Map<String, Sandbox> sandboxes = new ConcurrentHashMap<>();

    /// The note of a whole ADD, and of a DEL that could not be finished since.
    record Results(
            List<CniResult> steps,
            Map<String, DeviceInfo> devices,
            List<Complaint> complaints,
            boolean detaching) {
        static Results of(Attaching.Outcome outcome) {
            Map<String, DeviceInfo> devices = new HashMap<>();
            for (AttachedNetwork network : outcome.networks()) {
                network.device()
                        .ifPresent(told -> devices.put(network.attachment().id().ifName(), told));
            }
            return new Results(outcome.steps(), devices, outcome.complaints(), false);
        }

        Sandbox sandbox(AttachmentPlan plan, Set<AttachmentId> undone) {
            return new Sandbox(plan, Optional.of(steps), devices, complaints, detaching, undone);
        }
    }

    /// The note of the attachments that are out of the world, before their addresses are released.
    ///
    /// @param number of the sandbox, for a kill may leave this note when the others are erased, and
    ///   a runtime may use the id again
    record Undone(int number, Set<String> ifNames) {
        Set<AttachmentId> of(AttachmentPlan plan) {
            return number != plan.number()
                    ? Set.of()
                    : plan.attachments().stream()
                            .map(PlannedAttachment::id)
                            .filter(id -> ifNames.contains(id.ifName()))
                            .collect(Collectors.toSet());
        }
    }

    /// Reads what is there; what cannot be read is set aside.
    public SandboxJournal(Storage storage) {
        plans = new Notes<>(storage, "sandboxes", AttachmentPlan.class);
        results = new Notes<>(storage, "results", Results.class);
        undone = new Notes<>(storage, "undone", Undone.class);
        plans.all().forEach((id, plan) -> sandboxes.put(id, sandbox(id, plan)));
    }

    private Sandbox sandbox(String id, AttachmentPlan plan) {
        Set<AttachmentId> gone = undone.find(id).map(note -> note.of(plan)).orElse(Set.of());
        return results.find(id)
                .map(found -> found.sandbox(plan, gone))
                .orElseGet(() -> Sandbox.begun(plan).without(gone));
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

    void finish(AttachmentPlan plan, Attaching.Outcome outcome) {
        Results made = Results.of(outcome);
        try {
            results.writeLazily(plan.containerId(), made);
        } catch (UncheckedIOException e) {
            throw unwritable(plan, e);
        }
        sandboxes.put(plan.containerId(), made.sandbox(plan, Set.of()));
    }

    /// Remembers, before the addresses of some attachments are released, that these are undone: who
    /// is given such an address next may have rules by it, which another DEL of theirs would take.
    /// Without fsync, for with the machine goes what is in the world.
    void undone(AttachmentPlan plan, Set<AttachmentId> attachments) {
        Set<String> ifNames =
                attachments.stream().map(AttachmentId::ifName).collect(Collectors.toSet());
        try {
            undone.writeLazily(plan.containerId(), new Undone(plan.number(), ifNames));
        } catch (UncheckedIOException e) {
            throw unwritable(plan, e);
        }
        sandboxes.computeIfPresent(plan.containerId(), (_, known) -> known.without(attachments));
    }

    /// Keeps a sandbox whose undo could not be finished. It is no living one any more, not even for
    /// a process that starts, which also an ADD without results is not.
    void keep(Sandbox unfinished) {
        AttachmentPlan plan = unfinished.plan();
        sandboxes.computeIfPresent(plan.containerId(), (_, known) -> known.unfinished());
        if (!unfinished.detaching()) {
            unfinished
                    .results()
                    .ifPresent(steps ->
                            results.writeLazily(
                                    plan.containerId(),
                                    new Results(
                                            steps,
                                            unfinished.devices(),
                                            unfinished.complaints(),
                                            true)));
        }
    }

    /// Erases what a kill amid {@link #forget} left of sandboxes that are not known any more.
    void eraseOrphans() {
        for (Notes<?> notes : List.of(results, undone)) {
            notes.all().keySet().stream()
                    .filter(id -> !sandboxes.containsKey(id))
                    .forEach(notes::erase);
        }
    }

    /// Once nothing of the sandbox is left in the world.
    void forget(AttachmentPlan plan) {
        plans.erase(plan.containerId());
        results.erase(plan.containerId());
        undone.erase(plan.containerId());
        sandboxes.remove(plan.containerId());
    }
}
