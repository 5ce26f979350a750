package io.patchbay.kit.machine;

import io.patchbay.spi.device.PciAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A directory that is laid out as a machine with PCI functions is. Nothing in it acts: what is
/// written to a file stays there.
public final class PaperMachine {
    private final Path root;
    private int group = 10;

    public PaperMachine(Path root) {
        this.root = root;
        driver("vfio-pci");
        directory("sys/bus/pci/devices");
        file("sys/bus/pci/drivers_probe", "");
    }

    public Path root() {
        return root;
    }

    /// A file below the directory of a function.
    public Path path(String function, String name) {
        return root.resolve("sys/bus/pci/devices").resolve(function).resolve(name);
    }

    public PaperMachine driver(String name) {
        directory("sys/bus/pci/drivers/" + name);
        file("sys/bus/pci/drivers/" + name + "/unbind", "");
        return this;
    }

    /// A network card's function without a driver, in an IOMMU group of its own.
    ///
    /// @param ids such as `8086:10c9`
    public PaperMachine function(String address, String ids, int group) {
        PciAddress place = PciAddress.parse(address);
        String home = "sys/devices/pci0000:00/" + place;
        file(home + "/vendor", "0x" + ids.substring(0, 4));
        file(home + "/device", "0x" + ids.substring(5));
        file(home + "/class", "0x020000");
        file(home + "/driver_override", "(null)");
        file(home + "/numa_node", "-1");
        link("sys/bus/pci/devices/" + place, root.resolve(home));
        String members = "sys/kernel/iommu_groups/" + group;
        link(members + "/devices/" + place, root.resolve(home));
        link(home + "/iommu_group", root.resolve(members));
        return this;
    }

    /// Makes a function a physical one, with virtual ones behind it at .1, .2 and so on.
    public PaperMachine physical(String address, int total, int count) {
        write(address, "sriov_totalvfs", Integer.toString(total));
        write(address, "sriov_numvfs", Integer.toString(count));
        write(address, "sriov_drivers_autoprobe", "1");
        for (int i = 0; i < count; i++) {
            virtual(address, i, address.substring(0, address.length() - 1) + (i + 1));
        }
        return this;
    }

    /// Puts a virtual function behind a physical one, in an IOMMU group of its own.
    public PaperMachine virtual(String physical, int index, String address) {
        function(address, "8086:10ca", group++);
        link(relative(path(address, "physfn")), path(physical, ""));
        link(relative(path(physical, "virtfn" + index)), path(address, ""));
        return this;
    }

    public PaperMachine bound(String address, String driver) {
        driver(driver);
        link(
                relative(path(address, "driver")),
                root.resolve("sys/bus/pci/drivers").resolve(driver));
        return this;
    }

    public PaperMachine unbound(String address) {
        delete(path(address, "driver"));
        return this;
    }

    /// Takes a function off the bus.
    public PaperMachine removed(String address) {
        delete(root.resolve("sys/bus/pci/devices").resolve(address));
        return this;
    }

    public PaperMachine networkLink(String address, String name, int index) {
        file(relative(path(address, "net")) + "/" + name + "/ifindex", Integer.toString(index));
        return this;
    }

    /// A group's node of vfio.
    public PaperMachine vfio(String name) {
        file("sys/class/vfio/" + name + "/dev", "235:0");
        return this;
    }

    public PaperMachine write(String address, String name, String content) {
        file(relative(path(address, name)), content);
        return this;
    }

    public String read(String address, String name) {
        return content(path(address, name));
    }

    /// The name of what a file points to, or nothing.
    public String target(String address, String name) {
        Path link = path(address, name);
        try {
            return Files.isSymbolicLink(link)
                    ? Files.readSymbolicLink(link).getFileName().toString()
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was last written to the bus's own file of that name.
    public String bus(String name) {
        return content(root.resolve("sys/bus/pci").resolve(name));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            boolean _ = Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String relative(Path file) {
        return root.relativize(file).toString();
    }

    private void directory(String path) {
        try {
            Files.createDirectories(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void file(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content.toLowerCase(Locale.ROOT) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(String path, Path target) {
        try {
            Path link = root.resolve(path);
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
