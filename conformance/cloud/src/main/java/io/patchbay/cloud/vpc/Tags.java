package io.patchbay.cloud.vpc;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// CreateTags and DeleteTags, of interfaces, subnets and instances.
public final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    public static Vpc create(Vpc vpc, Collection<String> resources, Map<String, String> tags) {
        if (tags.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw Ec2Refusal.parameter(
                    "Tag keys starting with 'aws:' are reserved for internal use");
        }
        return change(
                vpc,
                resources,
                old -> {
                    Map<String, String> now = new HashMap<>(old);
                    now.putAll(tags);
                    if (now.size() > MOST) {
                        throw new Ec2Refusal(
                                "TagLimitExceeded", "More than %d tags specified".formatted(MOST));
                    }
                    return now;
                });
    }

    /// @param tags by key; an empty value takes the tag whatever its value is
    public static Vpc delete(
            Vpc vpc, Collection<String> resources, Map<String, Optional<String>> tags) {
        return change(
                vpc,
                resources,
                old -> {
                    Map<String, String> now = new HashMap<>(old);
                    tags.forEach((key, value) ->
                            now.computeIfPresent(
                                    key, (_, is) -> value.orElse(is).equals(is) ? null : is));
                    return now;
                });
    }

    private static Vpc change(
            Vpc vpc, Collection<String> resources, UnaryOperator<Map<String, String>> change) {
        Vpc now = vpc;
        for (String id : resources) {
            now = change(now, id, change);
        }
        return now;
    }

    private static Vpc change(Vpc vpc, String id, UnaryOperator<Map<String, String>> change) {
        if (id.startsWith("eni-")) {
            NetworkInterface eni = vpc.getInterface(id);
            return vpc.with(eni.withTags(change.apply(eni.tags())));
        }
        if (id.startsWith("subnet-")) {
            Subnet subnet = vpc.getSubnet(id);
            return vpc.with(subnet.withTags(change.apply(subnet.tags())));
        }
        if (id.startsWith("i-")) {
            Instance instance = vpc.getInstance(id);
            return vpc.with(instance.withTags(change.apply(instance.tags())));
        }
        throw new Ec2Refusal("InvalidID", "The ID '%s' is not valid".formatted(id));
    }
}
