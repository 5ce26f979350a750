package io.patchbay.meta.selftest;

import java.util.List;
import java.util.Optional;

/// All that was seen of one network: what a judgement needs, and nothing alive.
///
/// @param seen after an ADD that succeeded, as is check
record Observation(
        TestedNetwork network,
        Answer add,
        Optional<Seen> seen,
        Optional<Answer> check,
        Answer del,
        Answer delAgain,
        Remains remains) {

    /// What is still there after DEL.
    ///
    /// @param podLinks in the pod, beside its loopback
    /// @param nodeLinks on the node, of this sandbox's own
    /// @param journaled whether the daemon still remembers the sandbox
    /// @param leases files of addresses that are still its own
    record Remains(
            List<String> podLinks, List<String> nodeLinks, boolean journaled, List<String> leases) {
        static final Remains NOTHING = new Remains(List.of(), List.of(), false, List.of());
    }
}
