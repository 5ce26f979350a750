package io.patchbay.e2e.differential;

import io.patchbay.e2e.node.Call;
import io.patchbay.e2e.node.PodNetns;

/// A pod's network namespace, and what it is to get.
///
/// @param pod its name at Patchbay
record Sandbox(String pod, PodNetns netns, Wish wish) {
    /// The call of a runtime, but for its input.
    Call call(String command) {
        String args = "IgnoreUnknown=1" + (wish.args().isEmpty() ? "" : ";" + wish.args());
        return Call.of(command, "sandbox-" + netns.name(), netns.path())
                .with("CNI_PATH", ReferencePlugins.directory().toString())
                .with("CNI_ARGS", args);
    }
}
