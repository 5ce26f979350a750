package io.patchbay.vpc.pool;

import java.util.Map;
import java.util.Set;

/// What the interfaces of an instance are for, where it is not pods of the pool.
///
/// @param kept the ids of interfaces of the pool that are never removed, such as a trunk
/// @param occupied how many interfaces of each network card are not the pool's: unmanaged ones, and
///   those of another owner
/// @param foreign the network cards that are somebody else's, and get no interface of the pool
/// @param reserved how many interfaces of card 0 are kept for what is still to come, such as a
///   trunk
public record Roles(
        Set<String> kept, Map<Integer, Integer> occupied, Set<Integer> foreign, int reserved) {
    public static final Roles NONE = new Roles(Set.of(), Map.of(), Set.of(), 0);

    public Roles {
        kept = Set.copyOf(kept);
        occupied = Map.copyOf(occupied);
        foreign = Set.copyOf(foreign);
    }

    int strangers() {
        return occupied.values().stream().mapToInt(Integer::intValue).sum();
    }
}
