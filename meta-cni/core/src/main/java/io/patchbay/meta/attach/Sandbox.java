package io.patchbay.meta.attach;

import io.patchbay.meta.delegate.Complaint;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the journal remembers of a sandbox.
///
/// @param results each step's result, by its position; empty unless the ADD came to its end
/// @param devices what was told of devices, by the interface of the attachment
/// @param complaints of the binaries that ADD called
/// @param detaching whether an undo began and could not be finished
/// @param undone the attachments of which nothing is left but, perhaps, their addresses
public record Sandbox(
        AttachmentPlan plan,
        Optional<List<CniResult>> results,
        Map<String, DeviceInfo> devices,
        List<Complaint> complaints,
        boolean detaching,
        Set<AttachmentId> undone) {
    public Sandbox {
        devices = Map.copyOf(devices);
        complaints = List.copyOf(complaints);
    }

    /// One whose ADD has begun.
    static Sandbox begun(AttachmentPlan plan) {
        return new Sandbox(plan, Optional.empty(), Map.of(), List.of(), false, Set.of());
    }

    /// The same, once some attachments of it are undone.
    Sandbox without(Set<AttachmentId> attachments) {
        return new Sandbox(plan, results, devices, complaints, detaching, attachments);
    }

    /// The same, once an undo of it began.
    Sandbox unfinished() {
        return new Sandbox(plan, results, devices, complaints, true, undone);
    }

    /// Whether its ADD came to its end, and no undo has begun.
    public boolean isWhole() {
        return results.isPresent() && !detaching && undone.isEmpty();
    }

    /// What its ADD returned; nothing unless it is whole.
    public List<AttachedNetwork> networks() {
        return results.filter(_ -> isWhole()).stream().flatMap(this::networks).toList();
    }

    private Stream<AttachedNetwork> networks(List<CniResult> steps) {
        return plan.attachments().stream()
                .map(attachment ->
                        new AttachedNetwork(
                                attachment,
                                steps.get(attachment.steps().getLast().position()),
                                Optional.ofNullable(devices.get(attachment.id().ifName()))));
    }

    /// Whether an interface is the one the runtime names the sandbox by.
    boolean owns(String ifName) {
        return plan.attachments().getFirst().id().ifName().equals(ifName);
    }
}
