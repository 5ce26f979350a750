package io.patchbay.dpdk.pod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/// A container's files below a directory, and its environment.
final class PaperContainer {
    static final String STATUS_KEY = "k8s.v1.cni.cncf.io/network-status";

    final TreeMap<String, String> environment = new TreeMap<>();
    private final Path root;
    private final StringBuilder mounts = new StringBuilder();

    private PaperContainer(Path root) {
        this.root = root;
    }

    static PaperContainer bare(Path root) {
        return new PaperContainer(root);
    }

    /// With the CPUs 2 and 3 of a machine with one NUMA node, and no hugepages.
    static PaperContainer small(Path root) {
        return bare(root)
                .write("/proc/self/cgroup", "0::/\n")
                .mount("/", "/sys/fs/cgroup", "cgroup2", "rw")
                .write("/sys/fs/cgroup/cpuset.cpus.effective", "2-3\n")
                .write("/sys/fs/cgroup/cpuset.mems.effective", "0\n")
                .write("/sys/devices/system/node/node0/cpulist", "0-3\n");
    }

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    PaperContainer write(String path, String text) {
        try {
            Files.createDirectories(at(path).getParent());
            Files.writeString(at(path), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PaperContainer directory(String path) {
        try {
            Files.createDirectories(at(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PaperContainer link(String path, String target) {
        try {
            Files.createDirectories(at(path).getParent());
            Files.createSymbolicLink(at(path), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PaperContainer variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// @param seen the directory of the file system that is mounted
    PaperContainer mount(String seen, String point, String type, String options) {
        mounts.append(
                "30 20 0:26 %s %s rw,nosuid shared:9 - %s %s %s\n"
                        .formatted(seen, point, type, type, options));
        return directory(point).write("/proc/self/mountinfo", mounts.toString());
    }

    /// As kubelet writes it: quoted as Go does.
    PaperContainer status(String json) {
        String quoted =
                json.strip().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return write(
                PodPlaces.ANNOTATIONS,
                "kubernetes.io/config.seen=\"2026-01-01\"\n%s=\"%s\"\n"
                        .formatted(STATUS_KEY, quoted));
    }

    PaperContainer function(String address, String driver, String node) {
        return link(
                        "/sys/bus/pci/devices/%s/driver".formatted(address),
                        "../../../drivers/" + driver)
                .write("/sys/bus/pci/devices/%s/numa_node".formatted(address), node + "\n");
    }

    /// On vfio-pci, with the node of its group in the container.
    PaperContainer vfio(String address, String node, int group) {
        return function(address, "vfio-pci", node)
                .link(
                        "/sys/bus/pci/devices/%s/iommu_group".formatted(address),
                        "../groups/" + group)
                .write("/dev/vfio/" + group, "");
    }

    /// @param free pages on each node
    PaperContainer hugepages(long kib, long... free) {
        directory("/sys/kernel/mm/hugepages/hugepages-%dkB".formatted(kib));
        for (int node = 0; node < free.length; node++) {
            write(
                    "/sys/devices/system/node/node%d/hugepages/hugepages-%dkB/free_hugepages"
                            .formatted(node, kib),
                    free[node] + "\n");
        }
        return this;
    }

    PodPlaces places() {
        return PodPlaces.below(root, environment);
    }

    PodDevices read() {
        return PodDevices.read(places());
    }
}
