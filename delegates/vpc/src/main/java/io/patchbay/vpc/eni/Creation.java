package io.patchbay.vpc.eni;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An interface that is to be made.
///
/// @param token by which EC2 knows a repeated request (ClientToken)
/// @param tags in the order of their keys, whatever they were read from: EC2 takes a request whose
///   tags come in another order for another request, and refuses its token
/// @param tracking empty where all times are EC2's own
/// @param order what it gets at once; of a count of 0 nothing beside its own address
public record Creation(
        String token,
        String subnet,
        List<String> groups,
        String description,
        Map<String, String> tags,
        Optional<ConnectionTracking> tracking,
        Order order) {
    public Creation {
        groups = List.copyOf(groups);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
