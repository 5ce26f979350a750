package io.patchbay.vpc.modes;

import io.patchbay.vpc.eni.Family;
import java.util.Optional;

/// What the pods of a mode have in common.
///
/// @param branch whether eth0 is by a branch interface
record Sort(Mode mode, boolean branch) {
    /// What of eth0's address is seen outside the VPC.
    enum Source {
        OWN("its own address"),
        NODE("the node's address"),
        NONE("not at all");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// Of eth0.
    Place place() {
        boolean custom = mode.has(Feature.CUSTOM_NETWORKING);
        if (branch) {
            return custom ? Place.BRANCH_OF_ENI_CONFIG : Place.BRANCH;
        }
        return custom ? Place.ENI_CONFIG : Place.NODE;
    }

    boolean isStrict() {
        return branch && mode.has(Feature.STRICT_BRANCH);
    }

    /// The family of an address that is the node's own, and no other host knows.
    Optional<Family> second() {
        if (branch) {
            return Optional.empty();
        }
        if (mode.has(Feature.IPV6)) {
            return Optional.of(Family.IPV4);
        }
        return Optional.of(Family.IPV6).filter(_ -> mode.has(Feature.EGRESS_V6));
    }

    /// Of packets that leave the VPC.
    Source source(Family family) {
        if (second().filter(family::equals).isPresent()) {
            return Source.NODE;
        }
        if (!mode.families().contains(family)) {
            return Source.NONE;
        }
        return family == Family.IPV4 && !isStrict() ? Source.NODE : Source.OWN;
    }
}
