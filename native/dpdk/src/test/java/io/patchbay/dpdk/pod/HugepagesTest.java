package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HugepagesTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    @TempDir Path root;
    private PaperContainer container;

    @BeforeEach
    void machine() {
        container =
                PaperContainer.small(root)
                        .hugepages(2048, 100, 28)
                        .hugepages(1048576, 4, 0)
                        .mount("/", "/dev/hugepages", "hugetlbfs", "rw,pagesize=2M")
                        .mount("/", "/dev/hugepages\\0401G", "hugetlbfs", "rw,pagesize=1024M");
    }

    private OptionalLong limit(long size) {
        return container.read().hugepages().stream()
                .filter(pages -> pages.pageSize() == size)
                .findFirst()
                .orElseThrow()
                .limit();
    }

    @Test
    void everySizeIsToldWithItsMountAndItsFreePages() {
        assertThat(container.read().hugepages())
                .containsExactly(
                        new Hugepages(
                                GIB,
                                OptionalLong.empty(),
                                Optional.of("/dev/hugepages 1G"),
                                new java.util.TreeMap<>(Map.of(0, 4L, 1, 0L))),
                        new Hugepages(
                                2 * MIB,
                                OptionalLong.empty(),
                                Optional.of("/dev/hugepages"),
                                new java.util.TreeMap<>(Map.of(0, 100L, 1, 28L))));
    }

    @Test
    void aMountThatTellsNoSizeHasTheMachinesUsualOne() {
        PaperContainer other =
                PaperContainer.small(root.resolve("other"))
                        .hugepages(2048)
                        .write("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages", "7\n")
                        .write("/proc/meminfo", "MemTotal: 1 kB\nHugepagesize:       2048 kB\n")
                        .mount("/", "/mnt/huge", "hugetlbfs", "rw");

        Hugepages pages = other.read().hugepages().getFirst();

        assertThat(pages.mount()).contains("/mnt/huge");
        assertThat(pages.free()).containsExactly(Map.entry(0, 7L));
    }

    @Test
    void theLeastLimitOfTheGroupAndThoseAboveItCounts() {
        container
                .write("/proc/self/cgroup", "0::/pod/c1\n")
                .write("/sys/fs/cgroup/pod/hugetlb.2MB.max", "" + 64 * MIB)
                .write("/sys/fs/cgroup/pod/c1/hugetlb.2MB.max", "max\n")
                .write("/sys/fs/cgroup/pod/hugetlb.1GB.max", "max\n");

        assertThat(limit(2 * MIB)).hasValue(64 * MIB);
        assertThat(limit(GIB)).isEmpty();
    }

    @Test
    void versionOneSaysItInItsOwnWay() {
        container
                .write("/proc/self/cgroup", "7:hugetlb:/\n0::/\n")
                .mount("/", "/sys/fs/cgroup/hugetlb", "cgroup", "rw,hugetlb")
                .write("/sys/fs/cgroup/hugetlb/hugetlb.2MB.limit_in_bytes", "" + 32 * MIB)
                .write("/sys/fs/cgroup/hugetlb/hugetlb.1GB.limit_in_bytes", "9223372035781033984");

        assertThat(limit(2 * MIB)).hasValue(32 * MIB);
        assertThat(limit(GIB)).isEmpty();
    }

    @Test
    void theInjectorsFileOfThisContainerCountsInMebibytes() {
        container
                .write("/etc/podnetinfo/hugepages_1G_limit_dpdk", "2048")
                .write("/etc/podnetinfo/hugepages_1G_limit_other", "1024")
                .write("/etc/podnetinfo/hugepages_2M_request_dpdk", "16");
        assertThat(limit(GIB)).as("which container it is nobody tells").isEmpty();
        assertThat(limit(2 * MIB)).as("the only one").hasValue(16 * MIB);

        container.variable("CONTAINER_NAME", "dpdk");
        assertThat(limit(GIB)).hasValue(2 * GIB);

        container.variable("CONTAINER_NAME", "third");
        assertThat(limit(GIB)).isEmpty();
    }

    @Test
    void aVolumeWithoutADivisorCountsInOctets() {
        container.write("/etc/podnetinfo/hugepages_limit", "" + 3 * GIB);

        assertThat(limit(GIB)).hasValue(3 * GIB);
        assertThat(limit(2 * MIB)).hasValue(3 * GIB);
    }

    @Test
    void whatIsMalformedIsNamed() {
        container.write("/etc/podnetinfo/hugepages_1G_limit", "2Gi");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(container::read)
                .withMessageContaining("/etc/podnetinfo/hugepages_1G_limit says \"2Gi\"");

        container.write("/etc/podnetinfo/hugepages_1G_limit", "-1");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(container::read)
                .withMessageContaining("less than nothing");

        container
                .write("/etc/podnetinfo/hugepages_1G_limit", "1024")
                .mount("/", "/mnt/huge", "hugetlbfs", "rw,pagesize=many");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> container.hugepages(64, 1).read())
                .withMessageContaining("pagesize=many");
    }
}
