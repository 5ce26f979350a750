package io.patchbay.meta.delegate;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;

/// Finds the delegate of a step and binds its configuration. Pure: it reads no kernel, only what
/// was loaded and which binaries the plug-in path holds.
public interface Binding {
    /// For ADD, CHECK, GC and STATUS. Refuses with code 7 a type nobody claims and a value the
    /// record's constructor refuses, with code 2 an unknown key, with 6 a key of the wrong type.
    ///
    /// @param netns CNI_NETNS for a foreign IPAM binary; empty where there is none
    BoundStep<?> bind(PlannedAttachment attachment, PlannedStep step, String netns);

    /// For ADD, before anything else: the step with the binaries that it will call, of the types
    /// that no delegate claims. Refuses with code 7 a type that nobody claims.
    default PlannedStep settle(PlannedAttachment attachment, PlannedStep step) {
        return step;
    }

    /// For DEL: as far as it can be bound. Only a type that nobody claims any more is refused.
    BoundStep<?> bindLeniently(PlannedAttachment attachment, PlannedStep step, String netns);
}
