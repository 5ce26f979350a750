package io.patchbay.cloud.vpc;

import java.util.Map;

/// A machine.
///
/// @param name its private DNS name
/// @param type such as `m5.large`, whose limits hold
public record Instance(String id, String name, String type, String zone, Map<String, String> tags) {
    public Instance {
        tags = Map.copyOf(tags);
    }

    Instance withTags(Map<String, String> now) {
        return new Instance(id, name, type, zone, now);
    }
}
