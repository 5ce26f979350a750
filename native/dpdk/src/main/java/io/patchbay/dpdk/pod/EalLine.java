package io.patchbay.dpdk.pod;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The arguments of DPDK's environment for a container. Source: DPDK,
/// doc/guides/linux_gsg/linux_eal_parameters.rst.
///
/// @param nearNodes the NUMA nodes of the devices
record EalLine(
        PodCpus cpus,
        List<Hugepages> hugepages,
        Set<Integer> nearNodes,
        Map<String, String> environment) {
    /// Without hugepages, in MiB: enough for some ports and their packets.
    private static final int WITHOUT_HUGEPAGES = 256;

    /// The first number that `-l` does not take, in Debian's build as in DPDK's own default.
    private static final int MAX_LCORE = 128;

    List<String> of(List<DpdkPort> ports) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(cores());
        arguments.addAll(memory());
        List<DpdkPort> pci = ports.stream().filter(DpdkPort::isPci).toList();
        if (pci.isEmpty()) {
            arguments.add("--no-pci");
        }
        pci.forEach(port -> arguments.addAll(List.of("-a", port.devargs())));
        ports.stream()
                .filter(port -> !port.isPci())
                .forEach(port -> arguments.addAll(List.of("--vdev", port.devargs())));
        arguments.add("--file-prefix=" + filePrefix());
        return List.copyOf(arguments);
    }

    /// The main one looks after the others: a CPU far from the devices does for it.
    private List<String> cores() {
        SortedSet<Integer> all = cpus.cpus();
        SortedSet<Integer> far = new TreeSet<>(all);
        nearNodes.forEach(node -> far.removeAll(cpus.of(node)));
        int main = far.isEmpty() ? all.first() : far.first();
        if (all.last() < MAX_LCORE) {
            return List.of("-l", NumberList.format(all), "--main-lcore=" + main);
        }
        List<Integer> numbered = List.copyOf(all);
        String pairs =
                IntStream.range(0, Math.min(numbered.size(), MAX_LCORE))
                        .mapToObj(lcore -> lcore + "@" + numbered.get(lcore))
                        .collect(Collectors.joining(","));
        int lcore = numbered.indexOf(main);
        return List.of("--lcores=" + pairs, "--main-lcore=" + (lcore < MAX_LCORE ? lcore : 0));
    }

    /// Where nothing limits the pages, DPDK takes them as it needs them.
    private List<String> memory() {
        List<Hugepages> usable = hugepages.stream().filter(Hugepages::isUsable).toList();
        if (usable.isEmpty()) {
            return List.of("--no-huge", "-m", "" + WITHOUT_HUGEPAGES);
        }
        SortedMap<Integer, Long> octets = new TreeMap<>();
        for (Hugepages pages : usable) {
            if (pages.limit().isPresent()) {
                share(pages, pages.limit().getAsLong() / pages.pageSize(), octets);
            }
        }
        String nodes =
                octets.isEmpty()
                        ? ""
                        : IntStream.rangeClosed(0, octets.lastKey())
                                .mapToObj(node -> "" + octets.getOrDefault(node, 0L) / PageSize.MIB)
                                .collect(Collectors.joining(","));
        return nodes.isEmpty() ? List.of() : List.of("--socket-mem=" + nodes);
    }

    /// In turns: a page on each node, those of the devices first, as long as there are free ones.
    private void share(Hugepages pages, long count, SortedMap<Integer, Long> octets) {
        Map<Integer, Long> free = new TreeMap<>(pages.free());
        List<Integer> nodes = nodes(pages);
        long left = count;
        while (left > 0 && nodes.stream().anyMatch(node -> free.getOrDefault(node, 0L) > 0)) {
            for (int node : nodes) {
                if (left > 0 && free.getOrDefault(node, 0L) > 0) {
                    free.merge(node, -1L, Long::sum);
                    octets.merge(node, pages.pageSize(), Long::sum);
                    left--;
                }
            }
        }
    }

    /// The nodes of the devices, then those of the CPUs; if they have no free page, all others.
    private List<Integer> nodes(Hugepages pages) {
        Set<Integer> wanted = new LinkedHashSet<>(new TreeSet<>(nearNodes));
        wanted.addAll(new TreeSet<>(cpus.nodes().values()));
        wanted.retainAll(cpus.memoryNodes());
        boolean some = wanted.stream().anyMatch(node -> pages.free().getOrDefault(node, 0L) > 0);
        return some ? List.copyOf(wanted) : List.copyOf(cpus.memoryNodes());
    }

    /// Two containers of a pod may share a mount of hugepages, and must not share its files.
    private String filePrefix() {
        String name =
                List.of("HOSTNAME", "CONTAINER_NAME").stream()
                        .map(variable -> environment.getOrDefault(variable, ""))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining("-"));
        return name.isEmpty() ? "patchbay" : name.replaceAll("[^A-Za-z0-9_.-]", "_");
    }
}
