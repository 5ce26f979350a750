package io.patchbay.meta.view;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.delegate.Complaint;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A binary that ADD called for an attachment, and that DEL will call.
///
/// @param type of the plugin, or of its IPAM
/// @param complaints what it wrote to stderr, though it succeeded
record BinaryView(String type, String path, List<String> complaints) {
    static List<BinaryView> of(Sandbox sandbox, PlannedAttachment attachment) {
        return attachment.steps().stream().flatMap(step -> of(sandbox, step)).toList();
    }

    private static Stream<BinaryView> of(Sandbox sandbox, PlannedStep step) {
        return new TreeMap<>(step.binaries())
                .entrySet().stream()
                        .map(binary ->
                                new BinaryView(
                                        binary.getKey(),
                                        binary.getValue(),
                                        complaints(sandbox, step, binary.getKey())));
    }

    private static List<String> complaints(Sandbox sandbox, PlannedStep step, String type) {
        return sandbox.complaints().stream()
                .filter(complaint -> complaint.step() == step.position())
                .filter(complaint -> complaint.type().equals(type))
                .map(Complaint::text)
                .toList();
    }
}
