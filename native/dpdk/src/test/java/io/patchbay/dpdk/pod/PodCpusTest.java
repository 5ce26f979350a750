package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodCpusTest {
    private static final String POD = "/kubepods.slice/pod1/cri-c1.scope";

    @TempDir Path root;
    private PaperContainer container;

    @BeforeEach
    void machine() {
        container =
                PaperContainer.bare(root)
                        .write("/sys/devices/system/node/node0/cpulist", "0-3,8-11\n")
                        .write("/sys/devices/system/node/node1/cpulist", "4-7,12-15\n");
    }

    private PodCpus cpus() {
        return container.read().cpus();
    }

    private void versionOne(String mounted) {
        container
                .write("/proc/self/cgroup", "5:memory:%s\n4:cpuset:%s\n".formatted(POD, POD))
                .mount(mounted, "/sys/fs/cgroup/cpuset", "cgroup", "rw,cpuset")
                .mount(mounted, "/sys/fs/cgroup/memory", "cgroup", "rw,memory");
    }

    @Test
    void versionTwoTellsTheEffectiveOnes() {
        container
                .write("/proc/self/cgroup", "0::/\n")
                .mount("/", "/sys/fs/cgroup", "cgroup2", "rw,nsdelegate")
                .write("/sys/fs/cgroup/cpuset.cpus", "\n")
                .write("/sys/fs/cgroup/cpuset.cpus.effective", "2-5,9\n")
                .write("/sys/fs/cgroup/cpuset.mems.effective", "1\n");

        assertThat(cpus().cpus()).containsExactly(2, 3, 4, 5, 9);
        assertThat(cpus().of(0)).containsExactly(2, 3, 9);
        assertThat(cpus().of(1)).containsExactly(4, 5);
        assertThat(cpus().memoryNodes()).containsExactly(1);
    }

    @Test
    void aGroupWithoutTheControllerHasWhatTheOneAboveHas() {
        container
                .write("/proc/self/cgroup", "0::%s/app\n".formatted(POD))
                .mount("/", "/sys/fs/cgroup", "cgroup2", "rw")
                .write("/sys/fs/cgroup/cpuset.cpus.effective", "0-15\n")
                .write("/sys/fs/cgroup" + POD + "/cpuset.cpus.effective", "6\n")
                .directory("/sys/fs/cgroup" + POD + "/app");

        assertThat(cpus().cpus()).containsExactly(6);
        assertThat(cpus().memoryNodes()).containsExactly(1);
    }

    @Test
    void versionOneIsSeenFromTheGroupOfTheContainerOn() {
        versionOne(POD);
        container
                .write("/sys/fs/cgroup/cpuset/cpuset.cpus", "3,12\n")
                .write("/sys/fs/cgroup/cpuset/cpuset.mems", "0-1\n");

        assertThat(cpus().cpus()).containsExactly(3, 12);
        assertThat(cpus().memoryNodes()).containsExactly(0, 1);
    }

    @Test
    void versionOneIsSeenWhole() {
        versionOne("/");
        container
                .write("/sys/fs/cgroup/cpuset/cpuset.cpus", "0-15\n")
                .write("/sys/fs/cgroup/cpuset" + POD + "/cpuset.effective_cpus", "7\n")
                .write("/sys/fs/cgroup/cpuset" + POD + "/cpuset.cpus", "7,99\n");

        assertThat(cpus().cpus()).containsExactly(7);
    }

    @Test
    void onAMachineWithBothVersionsTheOneCountsThatHasTheController() {
        versionOne("/");
        container
                .write("/proc/self/cgroup", "4:cpuset:%s\n1:name=systemd:/\n0::/\n".formatted(POD))
                .mount("/", "/sys/fs/cgroup/unified", "cgroup2", "rw")
                .write("/sys/fs/cgroup/unified/cpuset.cpus.effective", "1\n")
                .write("/sys/fs/cgroup/cpuset" + POD + "/cpuset.cpus", "2\n");
        assertThat(cpus().cpus()).containsExactly(2);

        container.write("/proc/self/cgroup", "5:memory:/\n1:name=systemd:/\n0::/\n");
        assertThat(cpus().cpus()).containsExactly(1);
    }

    @Test
    void aGroupOutsideTheContainersViewIsNotTakenForItsOwn() {
        container
                .write("/proc/self/cgroup", "4:cpuset:%s\n".formatted(POD))
                .write("/proc/self/status", "Name:\tjava\nCpus_allowed_list:\t5-6\n");

        assertThat(cpus().cpus()).containsExactly(5, 6);
    }

    @Test
    void theMaskOfTheProcessCountsToo() {
        container
                .write("/proc/self/cgroup", "0::/\n")
                .mount("/", "/sys/fs/cgroup", "cgroup2", "rw")
                .write("/sys/fs/cgroup/cpuset.cpus.effective", "2-5\n")
                .write("/proc/self/status", "Cpus_allowed_list:\t4-9\nMems_allowed_list:\t0-1\n");

        assertThat(cpus().cpus()).containsExactly(4, 5);
        assertThat(cpus().memoryNodes()).containsExactly(0, 1);
    }

    @Test
    void nothingThatTellsIsAnError() {
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(this::cpus)
                .withMessageContaining("/proc/self/status")
                .withMessageContaining("which CPUs");
    }

    @Test
    void whatIsMalformedIsNamed() {
        container
                .write("/proc/self/cgroup", "0::/\n")
                .mount("/", "/sys/fs/cgroup", "cgroup2", "rw")
                .write("/sys/fs/cgroup/cpuset.cpus.effective", "0,3-2\n");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(this::cpus)
                .withMessageContaining("/sys/fs/cgroup/cpuset.cpus.effective")
                .withMessageContaining("\"3-2\"");

        container.write("/proc/self/cgroup", "nothing\n");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(this::cpus)
                .withMessageContaining("/proc/self/cgroup has the line \"nothing\"");

        container.write("/proc/self/mountinfo", "1 2 3\n");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(this::cpus)
                .withMessageContaining("/proc/self/mountinfo has the line \"1 2 3\"");
    }

    @Test
    void thisProcessHasCpusToo() {
        assertThat(PodDevices.read().cpus().cpus()).isNotEmpty();
    }
}
