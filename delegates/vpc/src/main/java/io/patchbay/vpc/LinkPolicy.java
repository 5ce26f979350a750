package io.patchbay.vpc;

import io.patchbay.vpc.eni.Family;
import java.util.List;

/// What pods' links and their addresses are where their network does not say.
///
/// @param mtu 0 is that of the interface behind it
/// @param prefix of the name of the host's end
/// @param families of the addresses, in the order in which they are told
record LinkPolicy(int mtu, String prefix, List<Family> families) {
    LinkPolicy {
        families = List.copyOf(families);
    }

    /// The families that a network asks for.
    ///
    /// @param names of its key `families`, where they are in order; none are those of the settings
    List<Family> families(List<String> names) {
        return names.isEmpty() ? families : VpcConfig.families("\"families\"", names);
    }
}
