package io.patchbay.kit.rule;

import io.patchbay.kit.rig.FaultSweep;

/// Rules that let one call of a port after the other go wrong.
public interface Sweeping extends AddRules, DelRules {
    /// A sweep over a settled candidate. What a sweep would find by the way has rules of its own,
    /// which come first.
    default FaultSweep sweep() {
        candidate().settled();
        Premise.holds(307, this::add307_probesWithoutEffect);
        Premise.holds(502, this::del502_canBeRepeated);
        Premise.holds(503, this::del503_worksForAnAddThatNeverCameToTheDelegate);
        Premise.holds(508, this::del508_worksWhenItsLinksAreGone);
        return new FaultSweep(candidate().rig(), candidate().config());
    }
}
