package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.NetworkDevice.Pci;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/// PCI functions as sysfs shows them, and the variables of the container beside it. Sources: the
/// kernel's Documentation/ABI/testing/sysfs-bus-pci and Documentation/driver-api/vfio.rst.
record PciDevices(PodPlaces places, List<PodResource> resources) {
    static final String VFIO = "vfio-pci";
    private static final String DEVICES = "/sys/bus/pci/devices/";

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-7]");

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /// Sysfs, and DPDK, have addresses in small letters.
    static String spelled(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    Pci get(String address, List<String> rdma) {
        Path directory = places.at(DEVICES + address);
        Optional<String> driver = PlainFile.target(directory.resolve("driver"));
        Optional<String> node = vfioNode(address, directory, driver);
        SequencedSet<String> allRdma = new LinkedHashSet<>(rdma);
        allRdma.addAll(PlainFile.names(directory.resolve("infiniband")));
        return new Pci(
                address,
                driver.or(() -> node.map(_ -> VFIO)),
                numaNode(directory.resolve("numa_node")),
                node,
                node.map(this::isHere).orElse(false),
                List.copyOf(allRdma));
    }

    /// The device plugin knows best: without an IOMMU the node has another name inside.
    private Optional<String> vfioNode(String address, Path directory, Optional<String> driver) {
        Optional<String> told =
                resources.stream()
                        .flatMap(resource ->
                                Optional.ofNullable(resource.info(address, "vfio").get("dev-mount"))
                                        .stream())
                        .findFirst();
        if (driver.isPresent() && driver.filter(VFIO::equals).isEmpty()) {
            return Optional.empty();
        }
        return told.or(() ->
                driver.flatMap(_ -> PlainFile.target(directory.resolve("iommu_group")))
                        .map(group -> "/dev/vfio/" + group));
    }

    private boolean isHere(String node) {
        return Files.exists(places.at(node))
                || Files.exists(places.at(node.replace("/dev/vfio/", "/dev/vfio/noiommu-")));
    }

    private static OptionalInt numaNode(Path file) {
        return PlainFile.find(file)
                .map(text -> PlainFile.number(file, text))
                .filter(node -> node >= 0)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /// The PCI function of a link in the pod, by the kernel's own word.
    Optional<String> behind(String ifName) {
        return PlainFile.target(places.at("/sys/class/net/%s/device".formatted(ifName)))
                .filter(name -> Files.isDirectory(places.at(DEVICES + name)));
    }

    boolean isLink(String ifName) {
        return Files.exists(places.at("/sys/class/net/" + ifName));
    }

    /// The PCI functions among the container's devices.
    List<String> ofContainer() {
        List<String> addresses = new ArrayList<>();
        resources.forEach(resource -> addresses.addAll(resource.devices()));
        return addresses.stream().filter(PciDevices::isAddress).distinct().toList();
    }
}
