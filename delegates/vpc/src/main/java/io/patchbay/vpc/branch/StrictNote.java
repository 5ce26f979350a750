package io.patchbay.vpc.branch;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How a node was before its first pod with strict enforcement, for it to be so again.
///
/// @param ipv4 whether the rule of IPv4 that looks the node's own addresses up was moved
/// @param ipv6 as `ipv4`
/// @param sysctls by key, with the value that they had
public record StrictNote(boolean ipv4, boolean ipv6, Map<String, String> sysctls) {
    /// The key of the only one.
    static final String KEY = "strict";

    public StrictNote {
        sysctls = Map.copyOf(sysctls);
    }

    List<Boolean> moved() {
        return Stream.of(false, true).filter(six -> six ? ipv6 : ipv4).toList();
    }
}
