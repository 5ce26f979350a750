package io.patchbay.vpc.eni;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which interfaces nobody will ever attach again. In doubt none: another node's works look the
/// same for a while, and what others have made is theirs to sweep.
///
/// @param identity of this node
/// @param underWay the ids that this node's notes name
public record Leaks(Identity identity, Set<String> underWay, Instant now) {
    private static final Duration SETTLED = Duration.ofMinutes(5);
    private static final String AVAILABLE = "available";

    public Leaks {
        underWay = Set.copyOf(underWay);
    }

    /// The instances whose existence decides about an interface.
    public Set<String> owners(Collection<NetworkInterface> tagged) {
        return tagged.stream()
                .filter(this::isLeft)
                .flatMap(eni -> Identity.instance(eni).stream())
                .filter(instance -> !instance.equals(identity.instance()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @param tagged the interfaces of the VPC that have an owner's tag
    /// @param existing those of {@link #owners} that exist
    public List<NetworkInterface> of(Collection<NetworkInterface> tagged, Set<String> existing) {
        return tagged.stream()
                .filter(this::isLeft)
                .filter(eni ->
                        Identity.instance(eni)
                                .filter(instance -> !existing.contains(instance))
                                .isPresent())
                .toList();
    }

    private boolean isLeft(NetworkInterface eni) {
        return identity.isOurs(eni)
                && eni.status().equals(AVAILABLE)
                && eni.attachment().isEmpty()
                && !underWay.contains(eni.id())
                && Identity.createdAt(eni)
                        .filter(made -> made.plus(SETTLED).isBefore(now))
                        .isPresent();
    }
}
