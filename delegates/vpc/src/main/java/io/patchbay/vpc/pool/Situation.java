package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Subnet;
import java.time.Instant;
import java.util.List;

/// All that a decision about one kind of address depends on.
///
/// @param pool as it faces that kind
/// @param waiting how many ADDs wait for such an address
/// @param subnets where further interfaces may be, with what they have left
/// @param inFlight what has been ordered and is not answered yet, of whatever kind
public record Situation(
        Demand demand,
        Pool pool,
        int waiting,
        InstanceLimits limits,
        Roles roles,
        List<Subnet> subnets,
        Setbacks setbacks,
        List<Action> inFlight,
        History history,
        Instant now) {
    public Situation {
        subnets = List.copyOf(subnets);
        inFlight = List.copyOf(inFlight);
    }
}
