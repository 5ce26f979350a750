package io.patchbay.meta.deviceplugin;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.NetworkLink;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/// Reads of a function what {@link PciFunction} does not tell; what is not there, or goes
/// meanwhile, is not told. Sources: the kernel's Documentation/ABI: testing/sysfs-bus-pci,
/// sysfs-class-net, stable/sysfs-class-infiniband.
///
/// @param root of the machine: its sysfs is at `sys`
record Sysfs(Path root) {
    private static final Set<String> DOWN = Set.of("down", "lowerlayerdown");

    private Path file(PciAddress function, String name) {
        return root.resolve("sys/bus/pci/devices").resolve(function.value()).resolve(name);
    }

    Traits traits(PciFunction function) {
        PciAddress address = function.address();
        return new Traits(
                number(file(address, "acpi_index")),
                function.rdma().stream()
                        .findFirst()
                        .flatMap(rdma ->
                                text(file(address, "infiniband/" + rdma + "/ports/1/pkeys/0"))),
                rdmaNodes(address),
                names(file(address, "uio")).stream().map(name -> "/dev/" + name).toList(),
                names(file(address, "")).stream()
                        .filter(name -> name.startsWith("virtio"))
                        .toList());
    }

    private SequencedMap<String, String> rdmaNodes(PciAddress address) {
        SequencedMap<String, String> nodes = new LinkedHashMap<>();
        for (String name : names(file(address, "infiniband_verbs"))) {
            if (name.startsWith("uverbs")) {
                nodes.put("uverbs", "/dev/infiniband/" + name);
            }
        }
        for (String name : names(file(address, "infiniband_mad"))) {
            for (String kind : List.of("umad", "issm")) {
                if (name.startsWith(kind)) {
                    nodes.put(kind, "/dev/infiniband/" + name);
                }
            }
        }
        if (!nodes.isEmpty() && Files.exists(root.resolve("sys/class/misc/rdma_cm"))) {
            nodes.put("rdma_cm", "/dev/infiniband/rdma_cm");
        }
        return nodes;
    }

    /// Of a virtual function it is the physical one's link that counts: its own is down until a pod
    /// has it, or is out of sight. Any other's own counts once it is up and lacks a carrier; while
    /// it is down nobody can tell.
    boolean isLinkDown(PciFunction function, PciFunction physical) {
        boolean virtual = !function.address().equals(physical.address());
        List<NetworkLink> links = physical.links();
        return !links.isEmpty()
                && links.stream()
                        .map(link -> file(physical.address(), "net/" + link.name()))
                        .allMatch(link -> virtual ? isDown(link) : lacksCarrier(link));
    }

    private static boolean isDown(Path link) {
        return text(link.resolve("operstate")).filter(DOWN::contains).isPresent();
    }

    /// The kernel refuses to read it of a link that is down.
    private static boolean lacksCarrier(Path link) {
        return text(link.resolve("carrier")).filter("0"::equals).isPresent();
    }

    private static OptionalInt number(Path file) {
        Optional<String> text = text(file).filter(digits -> digits.matches("[0-9]{1,9}"));
        return text.isPresent()
                ? OptionalInt.of(Integer.parseInt(text.get()))
                : OptionalInt.empty();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }
}
