package io.patchbay.vpc.eni;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Tags that interfaces should have which were taken over. Source: amazon-vpc-cni-k8s,
/// `pkg/awsutils/awsutils.go`, "TagENI".
///
/// @param byEni by the ids of the interfaces; never empty ones
public record MissingTags(Map<String, Map<String, String>> byEni) {
    public MissingTags {
        byEni = Map.copyOf(byEni);
    }

    public static MissingTags of(
            Identity identity,
            Collection<NetworkInterface> attached,
            Role.Rules rules,
            Instant now) {
        Map<String, Map<String, String>> byEni = new TreeMap<>();
        attached.stream()
                .filter(eni -> Role.of(eni, rules) == Role.ADOPTED)
                .forEach(eni -> byEni.put(eni.id(), identity.missing(eni, now)));
        byEni.values().removeIf(Map::isEmpty);
        return new MissingTags(byEni);
    }

    /// Gives them; the first failure ends it.
    public void repair(Ec2 ec2) {
        new TreeMap<>(byEni).forEach(ec2::tag);
    }
}
