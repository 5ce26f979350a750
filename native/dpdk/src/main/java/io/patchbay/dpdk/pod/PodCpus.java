package io.patchbay.dpdk.pod;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The CPUs that a container may use, and the NUMA nodes that it may have memory of.
///
/// @param cpus their numbers
/// @param nodes the NUMA node of each of them
/// @param memoryNodes numbers of NUMA nodes
public record PodCpus(
        SortedSet<Integer> cpus,
        SortedMap<Integer, Integer> nodes,
        SortedSet<Integer> memoryNodes) {
    public PodCpus {
        cpus = Collections.unmodifiableSortedSet(new TreeSet<>(cpus));
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        memoryNodes = Collections.unmodifiableSortedSet(new TreeSet<>(memoryNodes));
    }

    /// The CPUs of a NUMA node.
    public SortedSet<Integer> of(int node) {
        SortedSet<Integer> found = new TreeSet<>(cpus);
        found.removeIf(cpu -> nodes.getOrDefault(cpu, 0) != node);
        return found;
    }
}
