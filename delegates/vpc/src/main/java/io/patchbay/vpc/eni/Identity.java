package io.patchbay.vpc.eni;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Whose an interface is, by its tags. Ours carry Amazon's own keys for the node, the cluster and
/// the time, so that its tools, and its plugin after a way back, know what they are. They do not
/// carry its owner tag nor its description (`aws-K8S-…`): by the first its controller, by the
/// second its plugin on other nodes would delete them.
///
/// @param cluster the cluster's name; empty leaves the tag out
/// @param extra tags of the operator's own
public record Identity(String instance, Optional<String> cluster, Map<String, String> extra) {
    public static final String OWNER = "eks:eni:owner";
    public static final String PATCHBAY = "patchbay";
    public static final String INSTANCE = "node.k8s.amazonaws.com/instance_id";
    public static final String CREATED_AT = "node.k8s.amazonaws.com/createdAt";

    /// What it was made for: {@link EniConfig#key}.
    public static final String CONFIG = "patchbay/eni-config";

    public static final String CLUSTER = "cluster.k8s.amazonaws.com/name";

    private static final String RESERVED = "k8s.amazonaws.com";

    public Identity {
        requireOwn(extra);
        extra = Map.copyOf(extra);
    }

    /// An IllegalArgumentException for tags that would say whose an interface is.
    public static void requireOwn(Map<String, String> extra) {
        new TreeMap<>(extra)
                .keySet().stream()
                        .filter(Identity::isReserved)
                        .findFirst()
                        .ifPresent(key -> {
                            throw new IllegalArgumentException(
                                    "tag \"%s\" is not yours to set: keys with %s, with aws: in front, %s and %s say whose an interface is"
                                            .formatted(key, RESERVED, OWNER, CONFIG));
                        });
    }

    /// The tags that do not say whose an interface is: Amazon's plugin drops the others.
    public static Map<String, String> own(Map<String, String> extra) {
        Map<String, String> own = new TreeMap<>(extra);
        own.keySet().removeIf(Identity::isReserved);
        return own;
    }

    private static boolean isReserved(String key) {
        return key.contains(RESERVED)
                || key.equals(OWNER)
                || key.equals(CONFIG)
                || key.startsWith("aws:");
    }

    /// An interface that is to be made, under a token of its own.
    ///
    /// @param config what it is for
    /// @param subnet and `groups`: what that comes to
    /// @param model the interface whose time-outs of connections it gets, as Amazon's plugin has it
    public Creation creation(
            EniConfig config,
            String subnet,
            List<String> groups,
            Optional<NetworkInterface> model,
            Order order,
            Instant now) {
        return new Creation(
                UUID.randomUUID().toString(),
                subnet,
                groups,
                "%s %s".formatted(PATCHBAY, instance),
                tags(config, now),
                model.flatMap(NetworkInterface::tracking),
                order);
    }

    private Map<String, String> tags(EniConfig config, Instant now) {
        Map<String, String> tags = new TreeMap<>(extra);
        tags.put(OWNER, PATCHBAY);
        tags.put(INSTANCE, instance);
        tags.put(CREATED_AT, now.truncatedTo(ChronoUnit.SECONDS).toString());
        cluster.ifPresent(name -> tags.put(CLUSTER, name));
        if (!config.isNode()) {
            tags.put(CONFIG, config.key());
        }
        return tags;
    }

    /// What the tags of an interface that was taken over lack for Amazon's tools and for ours to
    /// know it. Whose it was stays: its owner sweeps it, and has it again after a way back.
    Map<String, String> missing(NetworkInterface eni, Instant now) {
        Map<String, String> missing = tags(EniConfig.NODE, now);
        missing.remove(OWNER);
        boolean moved = !instance(eni).equals(Optional.of(instance));
        missing.keySet()
                .removeIf(key -> eni.tags().containsKey(key) && !(moved && key.equals(INSTANCE)));
        return missing;
    }

    /// Whether this program made it, for this cluster.
    boolean isOurs(NetworkInterface eni) {
        return PATCHBAY.equals(eni.tags().get(OWNER))
                && Optional.ofNullable(eni.tags().get(CLUSTER)).equals(cluster);
    }

    static Optional<String> instance(NetworkInterface eni) {
        return Optional.ofNullable(eni.tags().get(INSTANCE));
    }

    static Optional<Instant> createdAt(NetworkInterface eni) {
        try {
            return Optional.ofNullable(eni.tags().get(CREATED_AT))
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
