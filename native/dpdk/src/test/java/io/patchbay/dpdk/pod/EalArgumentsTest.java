package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EalArgumentsTest {
    private static final String FUNCTION =
            "{\"name\": \"core/%s\", \"interface\": \"%s\", \"device-info\": {\"type\": \"pci\", \"pci\": {\"pci-address\": \"%s\"}}}";
    private static final String SOCKETS =
            """
            [{"name": "cluster", "interface": "eth0", "default": true},
             {"name": "core/a", "mac": "02:00:00:00:00:01", "device-info": {"type": "vhost-user",
               "vhost-user": {"mode": "client", "path": "/run/w/a"}}},
             {"name": "core/b", "device-info": {"type": "vhost-user",
               "vhost-user": {"mode": "server", "path": "/run/w/b"}}},
             {"name": "core/c", "device-info": {"type": "memif",
               "memif": {"role": "master", "path": "/run/w/c", "mode": "ethernet"}}},
             {"name": "core/d", "mac": "02:00:00:00:00:04", "device-info": {"type": "memif",
               "memif": {"role": "slave", "path": "/run/w/d", "mode": "ethernet", "id": 3}}},
             {"name": "core/e", "device-info": {"type": "vdpa", "vdpa": {"driver": "vhost",
               "parent-device": "vdpa0", "path": "/dev/vhost-vdpa-0"}}}]
            """;

    @TempDir Path root;
    private PaperContainer container;

    @BeforeEach
    void machine() {
        container = PaperContainer.small(root);
    }

    @Test
    void socketsBecomeVirtualDevices() {
        container.status(SOCKETS).variable("HOSTNAME", "pod-1").variable("CONTAINER_NAME", "app");

        assertThat(container.read().ealArguments())
                .containsExactly(
                        "-l",
                        "2-3",
                        "--main-lcore=2",
                        "--no-huge",
                        "-m",
                        "256",
                        "--no-pci",
                        "--vdev",
                        "net_virtio_user0,path=/run/w/a,mac=02:00:00:00:00:01",
                        "--vdev",
                        "net_virtio_user1,path=/run/w/b,server=1",
                        "--vdev",
                        "net_memif0,role=server,socket=/run/w/c,socket-abstract=no,id=0",
                        "--vdev",
                        "net_memif1,role=client,socket=/run/w/d,socket-abstract=no,id=3,mac=02:00:00:00:00:04",
                        "--vdev",
                        "net_virtio_user2,path=/dev/vhost-vdpa-0",
                        "--file-prefix=pod-1-app");
    }

    @Test
    void aNetworksPortKeepsItsNameWhicheverAreAskedFor() {
        container.status(SOCKETS);
        PodDevices devices = container.read();

        assertThat(devices.ealArguments(List.of("d", "core/b", "cluster")))
                .containsExactly(
                        "-l",
                        "2-3",
                        "--main-lcore=2",
                        "--no-huge",
                        "-m",
                        "256",
                        "--no-pci",
                        "--vdev",
                        "net_af_packet0,iface=eth0",
                        "--vdev",
                        "net_virtio_user1,path=/run/w/b,server=1",
                        "--vdev",
                        "net_memif1,role=client,socket=/run/w/d,socket-abstract=no,id=3,mac=02:00:00:00:00:04",
                        "--file-prefix=patchbay");
        assertThat(devices.portName("core/b")).isEqualTo("net_virtio_user1");
        assertThat(devices.port("core/b").devargs())
                .isEqualTo("net_virtio_user1,path=/run/w/b,server=1");
        assertThat(devices.portName("cluster")).isEqualTo("net_af_packet0");
    }

    @Test
    void aVirtualSwitchInAPodServesItsGuests() {
        container.status(SOCKETS);
        PodDevices devices = container.read().serving(List.of("core/a", "core/b"));

        assertThat(devices.port("core/a").devargs())
                .isEqualTo("net_vhost0,iface=/run/w/a,client=1");
        assertThat(devices.port("core/b").devargs()).isEqualTo("net_vhost1,iface=/run/w/b");
        assertThat(devices.portName("core/e")).isEqualTo("net_virtio_user0");
    }

    @Test
    void functionsAreAllowedAndTheirNodesGetTheMemoryFirst() {
        container
                .write("/sys/fs/cgroup/cpuset.cpus.effective", "2-5")
                .write("/sys/fs/cgroup/cpuset.mems.effective", "0-1")
                .write("/sys/devices/system/node/node0/cpulist", "0-3")
                .write("/sys/devices/system/node/node1/cpulist", "4-7")
                .hugepages(1048576, 8, 8)
                .mount("/", "/dev/hugepages", "hugetlbfs", "rw,pagesize=1024M")
                .write("/sys/fs/cgroup/hugetlb.1GB.max", "3221225472")
                .vfio("0000:81:10.0", "1", 12)
                .function("0000:3b:00.2", "mlx5_core", "1")
                .function("0000:3b:00.3", "iavf", "0")
                .status(
                        "["
                                + String.join(
                                        ",",
                                        FUNCTION.formatted("a", "net1", "0000:81:10.0"),
                                        FUNCTION.formatted("b", "net2", "0000:3b:00.2"),
                                        FUNCTION.formatted("c", "net3", "0000:3b:00.3"))
                                + "]")
                .variable("PCIDEVICE_A", "0000:81:10.0,0000:3b:00.3");
        PodDevices devices = container.read();

        assertThat(devices.ealArguments())
                .containsExactly(
                        "-l",
                        "2-5",
                        "--main-lcore=2",
                        "--socket-mem=1024,2048",
                        "-a",
                        "0000:81:10.0",
                        "-a",
                        "0000:3b:00.2",
                        "--file-prefix=patchbay");
        assertThat(devices.portName("core/c")).isEqualTo("net_af_packet0");
        assertThat(devices.remarks()).isEmpty();
        assertThat(devices.ealArguments(List.of("core/c"))).contains("--no-pci");
    }

    @Test
    void theMainCoreIsFarFromTheDevices() {
        container
                .write("/sys/fs/cgroup/cpuset.cpus.effective", "0-1,4")
                .write("/sys/devices/system/node/node0/cpulist", "0-3")
                .write("/sys/devices/system/node/node1/cpulist", "4-7")
                .vfio("0000:01:10.0", "0", 12)
                .variable("PCIDEVICE_A", "0000:01:10.0");

        assertThat(container.read().ealArguments()).startsWith("-l", "0-1,4", "--main-lcore=4");
    }

    @Test
    void aCpuBeyondWhatDpdkNumbersIsGivenANumberOfItsOwn() {
        container.write("/sys/fs/cgroup/cpuset.cpus.effective", "126,130-131");

        assertThat(container.read().ealArguments())
                .startsWith("--lcores=0@126,1@130,2@131", "--main-lcore=0");
    }

    @Test
    void memoryThatNothingLimitsIsNotTakenAtOnce() {
        container.hugepages(2048, 100).mount("/", "/dev/hugepages", "hugetlbfs", "rw,pagesize=2M");

        assertThat(container.read().ealArguments())
                .containsExactly(
                        "-l", "2-3", "--main-lcore=2", "--no-pci", "--file-prefix=patchbay");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // pages free on nodes 0 and 1, nodes that may be used, pages allowed, MiB
                "100 | 100 | 0-1 | 10 | 20",
                "3 | 100 | 0-1 | 10 | 6,14",
                "3 | 100 | 0 | 10 | 6",
                "0 | 100 | 1 | 10 | 0,20",
                "5 | 2 | 0-1 | 10 | 10,4",
            })
    void pagesAreTakenWhereTheyAreFree(
            long zero, long one, String nodes, int pages, String megabytes) {
        container
                .write("/sys/fs/cgroup/cpuset.cpus.effective", zero == 100 ? "0-1" : "0-4")
                .write("/sys/fs/cgroup/cpuset.mems.effective", nodes)
                .write("/sys/devices/system/node/node0/cpulist", "0-3")
                .write("/sys/devices/system/node/node1/cpulist", "4-7")
                .hugepages(2048, zero, one)
                .mount("/", "/dev/hugepages", "hugetlbfs", "rw,pagesize=2M")
                .write("/sys/fs/cgroup/hugetlb.2MB.max", "" + pages * 2097152L);

        assertThat(container.read().ealArguments()).contains("--socket-mem=" + megabytes);
    }

    @Test
    void aFunctionOfAnotherContainerIsLeftOutAndToldWhy() {
        container
                .function("0000:01:10.0", "vfio-pci", "0")
                .link("/sys/bus/pci/devices/0000:01:10.0/iommu_group", "../groups/12")
                .status("[" + FUNCTION.formatted("a", "net1", "0000:01:10.0") + "]");
        PodDevices devices = container.read();

        assertThat(devices.ealArguments()).contains("--no-pci").doesNotContain("-a");
        assertThat(devices.remarks())
                .anyMatch(remark ->
                        remark.contains("core/a (net1)") && remark.contains("/dev/vfio/12"));
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> devices.ealArguments(List.of("core/a")))
                .withMessageContaining("/dev/vfio/12, which this container does not have");
    }

    @Test
    void withoutAnIommuTheNodeHasTheNameThatTheDevicePluginTells() {
        container
                .function("0000:01:10.0", "vfio-pci", "0")
                .write("/dev/vfio/11", "")
                .variable("PCIDEVICE_A", "0000:01:10.0")
                .variable(
                        "PCIDEVICE_A_INFO",
                        "{\"0000:01:10.0\": {\"vfio\": {\"dev-mount\": \"/dev/vfio/11\"}}}")
                .status("[" + FUNCTION.formatted("a", "net1", "0000:01:10.0") + "]");

        assertThat(container.read().ealArguments()).containsSubsequence("-a", "0000:01:10.0");
    }

    @Test
    void whatNoNetworkClaimsIsUsedIfItCanBe() {
        container
                .function("0000:01:10.0", "iavf", "0")
                .vfio("0000:01:10.1", "0", 12)
                .variable("PCIDEVICE_A", "0000:01:10.0,0000:01:10.1");
        PodDevices devices = container.read();

        assertThat(devices.ealArguments()).containsSubsequence("-a", "0000:01:10.1");
        assertThat(devices.remarks()).anyMatch(remark -> remark.contains("driver iavf"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/run/a,b | has a character that no argument",
                "/run/%s | has more than the 107 octets",
            })
    void aPathThatDpdkCannotTakeIsRefused(String path, String words) {
        String full = path.formatted("x".repeat(103));
        container.status(
                "[{\"name\": \"core/a\", \"device-info\": {\"type\": \"vhost-user\", \"vhost-user\": {\"mode\": \"client\", \"path\": \"%s\"}}}]"
                        .formatted(full));

        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> container.read().port("core/a"))
                .withMessageContaining("network core/a: its path " + full)
                .withMessageContaining(words);
    }

    @Test
    void whatDpdkDoesNotSpeakIsRefused() {
        container.status(
                """
                [{"name": "core/a", "device-info": {"type": "memif",
                   "memif": {"role": "master", "path": "/m", "mode": "ip"}}},
                 {"name": "core/b"}]
                """);
        PodDevices devices = container.read();

        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> devices.port("core/a"))
                .withMessageContaining("core/a: its memif carries ip");
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> devices.port("core/b"))
                .withMessageContaining("core/b has neither a device nor a link");
    }

    @Test
    void twoLinesOfOneAttachmentAreOnePort() {
        container.status(
                """
                [{"name": "core/a", "interface": "x", "device-info": {"type": "vhost-user",
                   "vhost-user": {"mode": "client", "path": "/a"}}},
                 {"name": "core/a", "interface": "y", "device-info": {"type": "vhost-user",
                   "vhost-user": {"mode": "client", "path": "/a"}}}]
                """);

        assertThat(container.read().ealArguments())
                .filteredOn(argument -> argument.startsWith("net_"))
                .containsExactly("net_virtio_user0,path=/a");
    }
}
