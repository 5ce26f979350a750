package io.patchbay.dpdk.pod;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// The hugepages of one size that a container may use.
///
/// @param pageSize octets of a page
/// @param limit octets that the container may have of them; empty where nothing limits it
/// @param mount where they are mounted in the container; without it DPDK does not use them
/// @param free pages that are free on each NUMA node of the machine, whoever may have them
public record Hugepages(
        long pageSize, OptionalLong limit, Optional<String> mount, SortedMap<Integer, Long> free) {
    public Hugepages {
        free = Collections.unmodifiableSortedMap(new TreeMap<>(free));
    }

    /// Octets that are free on all nodes.
    long freeOctets() {
        return free.values().stream().mapToLong(Long::longValue).sum() * pageSize;
    }

    /// Whether there is at least one page for DPDK.
    boolean isUsable() {
        return mount.isPresent()
                && freeOctets() >= pageSize
                && limit.orElse(Long.MAX_VALUE) >= pageSize;
    }
}
