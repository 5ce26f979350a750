package io.patchbay.vpc;

import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.plumbing.EniLink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the node knew of its interfaces when it looked last.
///
/// @param number of readings up to this one
/// @param ready the interfaces that carry pods
/// @param believed those that should, ready or not
/// @param told what instance metadata told last, of whatever interface
/// @param attached what EC2 told last
/// @param roles by id
/// @param trouble why this reading failed in part or wholly
record Reading(
        long number,
        List<EniLink> ready,
        List<Eni> believed,
        List<Eni> told,
        List<NetworkInterface> attached,
        Map<String, Role> roles,
        Optional<String> trouble) {
    static final Reading NONE =
            new Reading(
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Optional.of("it was not asked yet"));

    /// The next one, which gave nothing.
    Reading failed(String why) {
        return new Reading(number + 1, ready, believed, told, attached, roles, Optional.of(why));
    }

    /// The next one, after blocks were assigned.
    Reading gained(List<EniLink> nowReady, List<Eni> nowBelieved) {
        return new Reading(number + 1, nowReady, nowBelieved, told, attached, roles, trouble);
    }

    /// The one that carries branches.
    Optional<NetworkInterface> trunk() {
        return attached.stream().filter(eni -> roles.get(eni.id()) == Role.TRUNK).findFirst();
    }

    Optional<EniLink> find(String eni) {
        return ready.stream().filter(link -> link.eni().id().equals(eni)).findFirst();
    }

    /// What was told of the interfaces that are left to others by a word of theirs.
    List<Eni> unmanaged() {
        return told.stream().filter(eni -> isUnmanaged(eni.id())).toList();
    }

    boolean isUnmanaged(String eni) {
        Role role = roles.get(eni);
        return role == Role.UNMANAGED || role == Role.EFA;
    }

    /// The ids of interfaces that are none of this program's business.
    Set<String> others() {
        return roles.entrySet().stream()
                .filter(entry -> !entry.getValue().isManaged())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
