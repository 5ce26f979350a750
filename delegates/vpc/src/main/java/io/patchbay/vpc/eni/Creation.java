package io.patchbay.vpc.eni;

import java.util.List;
import java.util.Map;

/// An interface that is to be made.
///
/// @param token by which EC2 knows a repeated request (ClientToken)
/// @param order what it gets at once; of a count of 0 nothing beside its own address
public record Creation(
        String token,
        String subnet,
        List<String> groups,
        String description,
        Map<String, String> tags,
        Order order) {
    public Creation {
        groups = List.copyOf(groups);
        tags = Map.copyOf(tags);
    }
}
