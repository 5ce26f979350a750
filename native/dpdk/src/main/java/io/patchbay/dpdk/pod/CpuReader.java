package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.ControlGroup.Setting;
import io.patchbay.dpdk.pod.Mounts.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads a container's CPUs: those of its cpuset that are also in the mask it was started with.
/// Sources: cpuset(7), the kernel's Documentation/admin-guide/cgroup-v2.rst, proc(5).
final class CpuReader {
    static final String NODES = "/sys/devices/system/node";
    static final Pattern NODE = Pattern.compile("node([0-9]{1,5})");
    private static final String STATUS = "/proc/self/status";

    private CpuReader() {}

    static PodCpus read(PodPlaces places, List<Mount> mounts) {
        Optional<ControlGroup> group = ControlGroup.find(places, mounts, "cpuset");
        SortedSet<Integer> cpus =
                allowed(
                        places,
                        group.flatMap(one ->
                                one.isUnified()
                                        ? one.nearest("cpuset.cpus.effective")
                                        : one.nearest("cpuset.effective_cpus", "cpuset.cpus")),
                        "Cpus_allowed_list:");
        if (cpus.isEmpty()) {
            throw new PodException(
                    "neither a cpuset below %s nor %s tells which CPUs this process may use"
                            .formatted(places.at("/sys/fs/cgroup"), places.at(STATUS)));
        }
        SortedMap<Integer, Integer> nodes = nodes(places);
        SortedSet<Integer> memory =
                allowed(
                        places,
                        group.flatMap(one ->
                                one.isUnified()
                                        ? one.nearest("cpuset.mems.effective")
                                        : one.nearest("cpuset.effective_mems", "cpuset.mems")),
                        "Mems_allowed_list:");
        nodes.keySet().retainAll(cpus);
        return new PodCpus(cpus, nodes, memory.isEmpty() ? new TreeSet<>(nodes.values()) : memory);
    }

    private static SortedSet<Integer> allowed(PodPlaces places, Optional<Setting> set, String key) {
        Path status = places.at(STATUS);
        SortedSet<Integer> mask =
                PlainFile.find(status)
                        .orElse("")
                        .lines()
                        .filter(line -> line.startsWith(key))
                        .findFirst()
                        .map(line -> NumberList.parse(status, line.substring(key.length())))
                        .orElseGet(TreeSet::new);
        if (set.isEmpty()) {
            return mask;
        }
        SortedSet<Integer> numbers = NumberList.parse(set.get().file(), set.get().text());
        SortedSet<Integer> both = new TreeSet<>(numbers);
        both.retainAll(mask);
        return both.isEmpty() ? numbers : both;
    }

    /// The node of every CPU of the machine.
    private static SortedMap<Integer, Integer> nodes(PodPlaces places) {
        SortedMap<Integer, Integer> nodes = new TreeMap<>();
        for (String name : PlainFile.names(places.at(NODES))) {
            var node = NODE.matcher(name);
            if (node.matches()) {
                Path file = places.at(NODES).resolve(name).resolve("cpulist");
                NumberList.parse(file, PlainFile.find(file).orElse(""))
                        .forEach(cpu -> nodes.put(cpu, Integer.valueOf(node.group(1))));
            }
        }
        return nodes;
    }
}
