package io.patchbay.kernel.pci;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.IommuGroup;
import io.patchbay.spi.device.PciFunction.Kind;
import io.patchbay.spi.device.PciFunction.NetworkLink;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Plain;
import io.patchbay.spi.device.PciFunction.Virtual;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads one function out of the directory that sysfs has for it.
///
/// @param sys the mount point of sysfs
record FunctionReader(Path sys, PciAddress address) {
    private static final String VIRTUAL = "virtfn";
    private static final String VIRTIO = "virtio";

    /// What driver_override says where there is none.
    private static final String NO_OVERRIDE = "(null)";

    private Path directory() {
        return sys.resolve("bus/pci/devices").resolve(address.value());
    }

    private Path file(String name) {
        return directory().resolve(name);
    }

    /// Empty where there is no such function.
    Optional<PciFunction> read() {
        Optional<Integer> vendor = Sysfs.findNumber(file("vendor"));
        Optional<Integer> device = Sysfs.findNumber(file("device"));
        Optional<Integer> code = Sysfs.findNumber(file("class"));
        if (vendor.isEmpty() || device.isEmpty() || code.isEmpty()) {
            return Optional.empty();
        }
        Optional<IommuGroup> group = group();
        return Optional.of(
                new PciFunction(
                        address,
                        vendor.get(),
                        device.get(),
                        code.get(),
                        Sysfs.findTarget(file("driver")),
                        Sysfs.find(file("driver_override"))
                                .filter(text -> !text.isEmpty() && !text.equals(NO_OVERRIDE)),
                        numaNode(),
                        group,
                        links(),
                        Sysfs.names(file("infiniband")),
                        group.flatMap(this::vfioNode),
                        kind()));
    }

    private OptionalInt numaNode() {
        int node = Sysfs.findNumber(file("numa_node")).orElse(-1);
        return node < 0 ? OptionalInt.empty() : OptionalInt.of(node);
    }

    private Optional<IommuGroup> group() {
        return Sysfs.findTarget(file("iommu_group")).map(Integer::valueOf).map(this::group);
    }

    private IommuGroup group(int id) {
        TreeSet<PciAddress> others = new TreeSet<>();
        for (String name : Sysfs.names(file("iommu_group/devices"))) {
            if (PciAddress.isOne(name) && !name.equals(address.value())) {
                others.add(PciAddress.parse(name));
            }
        }
        return new IommuGroup(id, others);
    }

    /// The kernel makes the node of a group when vfio gets its first member. Without an IOMMU the
    /// group is one of vfio's own making, and so named.
    private Optional<String> vfioNode(IommuGroup group) {
        return List.of(group.id() + "", "noiommu-" + group.id()).stream()
                .filter(name -> !Sysfs.names(sys.resolve("class/vfio").resolve(name)).isEmpty())
                .map(name -> "/dev/vfio/" + name)
                .findFirst();
    }

    /// A virtio function has a bus of its own, and its links are of the device on that. Source:
    /// drivers/virtio/virtio.c.
    private List<NetworkLink> links() {
        Stream<String> virtio =
                Sysfs.names(directory()).stream()
                        .filter(name -> name.startsWith(VIRTIO))
                        .map(name -> name + "/net");
        return Stream.concat(Stream.of("net"), virtio).flatMap(this::links).toList();
    }

    private Stream<NetworkLink> links(String net) {
        return Sysfs.names(file(net)).stream()
                .flatMap(name ->
                        Sysfs.findNumber(file(net + "/" + name + "/ifindex")).stream()
                                .map(index -> new NetworkLink(index, name)));
    }

    private Kind kind() {
        Optional<PciAddress> physical = Sysfs.findTarget(file("physfn")).map(PciAddress::parse);
        if (physical.isPresent()) {
            return virtual(physical.get());
        }
        int total = Sysfs.findNumber(file("sriov_totalvfs")).orElse(0);
        if (total == 0) {
            return new Plain();
        }
        boolean autoprobe = Sysfs.findNumber(file("sriov_drivers_autoprobe")).orElse(1) != 0;
        return new Physical(total, autoprobe, virtualOnes());
    }

    /// A function whose physical one has just forgotten it is on its way out.
    private Kind virtual(PciAddress physical) {
        return new FunctionReader(sys, physical)
                .virtualOnes().entrySet().stream()
                        .filter(entry -> entry.getValue().equals(address))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .<Kind>map(index -> new Virtual(physical, index))
                        .orElseGet(Plain::new);
    }

    private SortedMap<Integer, PciAddress> virtualOnes() {
        SortedMap<Integer, PciAddress> found = new TreeMap<>();
        for (String name : Sysfs.names(directory())) {
            if (name.startsWith(VIRTUAL)) {
                int index = Integer.parseInt(name.substring(VIRTUAL.length()));
                Sysfs.findTarget(file(name))
                        .ifPresent(target -> found.put(index, PciAddress.parse(target)));
            }
        }
        return found;
    }
}
