package io.patchbay.vpc.eni;

import java.util.List;
import java.util.Map;

/// An interface that is to be made.
///
/// @param token by which EC2 knows a repeated request (ClientToken)
/// @param order what it gets at once
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
