package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.ControlGroup.Setting;
import io.patchbay.dpdk.pod.Mounts.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Reads a container's hugepages: which sizes the machine has, where they are mounted, and the
/// least of what limits them. Sources: the kernel's Documentation/admin-guide/mm/hugetlbpage.rst,
/// its hugetlb controllers, and the files of the network resources injector.
final class HugepageReader {
    private static final Pattern DIRECTORY = Pattern.compile("hugepages-([0-9]{1,15})kB");
    private static final String SIZES = "/sys/kernel/mm/hugepages";

    /// What version 1 of the controller says for no limit is this less a part of a page.
    private static final long UNLIMITED = Long.MAX_VALUE - (1L << 40);

    private final PodPlaces places;
    private final List<Mount> mounts;
    private final Optional<ControlGroup> group;

    private HugepageReader(PodPlaces places, List<Mount> mounts) {
        this.places = places;
        this.mounts = mounts;
        this.group = ControlGroup.find(places, mounts, "hugetlb");
    }

    /// The largest first.
    static List<Hugepages> read(PodPlaces places, List<Mount> mounts) {
        HugepageReader reader = new HugepageReader(places, mounts);
        SortedSet<Long> sizes = new TreeSet<>();
        for (String name : PlainFile.names(places.at(SIZES))) {
            Matcher size = DIRECTORY.matcher(name);
            if (size.matches()) {
                sizes.add(Long.parseLong(size.group(1)) * PageSize.KIB);
            }
        }
        return sizes.reversed().stream().map(reader::ofSize).toList();
    }

    private Hugepages ofSize(long size) {
        return new Hugepages(size, limit(size), mount(size), free(size));
    }

    private Optional<String> mount(long size) {
        return mounts.stream()
                .filter(mount -> mount.type().equals("hugetlbfs"))
                .filter(mount ->
                        mount.option("pagesize").map(PageSize::parse).orElse(standard()) == size)
                .map(Mount::point)
                .findFirst();
    }

    /// Of a mount that does not tell.
    private long standard() {
        Path file = places.at("/proc/meminfo");
        String key = "Hugepagesize:";
        return PlainFile.find(file)
                .orElse("")
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .mapToLong(text -> PlainFile.longNumber(file, text) * PageSize.KIB)
                .findFirst()
                .orElse(0);
    }

    private SortedMap<Integer, Long> free(long size) {
        String count = "hugepages-%dkB/free_hugepages".formatted(size / PageSize.KIB);
        SortedMap<Integer, Long> free = new TreeMap<>();
        for (String name : PlainFile.names(places.at(CpuReader.NODES))) {
            Matcher node = CpuReader.NODE.matcher(name);
            Path file =
                    places.at(CpuReader.NODES).resolve(name).resolve("hugepages").resolve(count);
            if (node.matches()) {
                PlainFile.find(file)
                        .ifPresent(text ->
                                free.put(
                                        Integer.valueOf(node.group(1)),
                                        PlainFile.longNumber(file, text)));
            }
        }
        if (free.isEmpty()) {
            Path file = places.at(SIZES).resolve(count);
            PlainFile.find(file).ifPresent(text -> free.put(0, PlainFile.longNumber(file, text)));
        }
        return free;
    }

    private OptionalLong limit(long size) {
        return LongStream.concat(
                        groupLimits(size).stream().mapToLong(Long::longValue),
                        PodInfoLimit.find(places, size).stream())
                .filter(octets -> octets < UNLIMITED)
                .min();
    }

    private List<Long> groupLimits(long size) {
        List<Long> limits = new ArrayList<>();
        if (group.isPresent()) {
            String file =
                    "hugetlb.%s.%s"
                            .formatted(
                                    PageSize.ofKernel(size),
                                    group.get().isUnified() ? "max" : "limit_in_bytes");
            for (Setting one : group.get().all(file)) {
                if (!one.text().equals("max")) {
                    limits.add(PlainFile.longNumber(one.file(), one.text()));
                }
            }
        }
        return limits;
    }
}
