package io.patchbay.vpc.eni;

import java.util.Map;

/// How often a node makes a call.
///
/// @param burst how many at once, after a while without any
/// @param perSecond how many in the long run
public record Pace(int burst, double perSecond) {
    public Pace {
        if (burst < 1 || !(perSecond > 0)) {
            throw new IllegalArgumentException(
                    "a pace of %d at once and %s a second lets nothing pass: both are above 0"
                            .formatted(burst, perSecond));
        }
    }

    /// The paces of a node, by the API's actions. EC2 gives an account, in a region, a bucket for
    /// each action: 100 and 20 a second for what reads, 50 and 5 a second for what changes (EC2
    /// developer guide, "Request throttling"). Ten nodes can start at once within that.
    ///
    /// @param special of single actions
    public record Table(Pace reads, Pace changes, Map<String, Pace> special) {
        public static final Table DEFAULT = new Table(new Pace(10, 2), new Pace(5, 1), Map.of());

        public Table {
            special = Map.copyOf(special);
        }

        Pace of(String action) {
            return special.getOrDefault(action, action.startsWith("Describe") ? reads : changes);
        }
    }
}
