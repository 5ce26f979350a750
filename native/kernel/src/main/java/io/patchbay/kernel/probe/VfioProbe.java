package io.patchbay.kernel.probe;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.libc.Errno;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.IommuGroup;
import io.patchbay.spi.net.KernelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a process can drive a PCI function through vfio: what sysfs says first, then the
/// function is opened, reset and let go. For a process that may be ended over it; nobody else can
/// have the function meanwhile.
public final class VfioProbe {
    private static final String VFIO = "vfio-pci";

    /// They keep nobody from a group. Source: the kernel's driver_managed_dma.
    private static final Set<String> HARMLESS = Set.of(VFIO, "pci-stub", "pcieport");

    private static final int EACCES = 13;

    private final Path root;
    private final Pci pci;

    private VfioProbe(Path root) {
        this.root = root;
        this.pci = Kernel.pci(root);
    }

    /// @param root `/`, or a directory with `sys`, `dev` and `proc` that stands for it
    public static Finding probe(Path root, PciAddress address) {
        VfioProbe probe = new VfioProbe(root);
        Optional<PciFunction> found = probe.pci.find(address);
        if (found.isEmpty()) {
            return Finding.unusable("this machine has no PCI function " + address);
        }
        PciFunction function = found.get();
        return probe.whyNot(function).map(Finding::unusable).orElseGet(() -> probe.open(function));
    }

    /// What can be told without touching it.
    private Optional<String> whyNot(PciFunction function) {
        if (!function.isBoundTo(VFIO)) {
            return Optional.of(
                    "it is bound to %s, and not to %s"
                            .formatted(
                                    function.driver()
                                            .map(name -> "driver " + name)
                                            .orElse("no driver"),
                                    VFIO));
        }
        if (function.iommuGroup().isEmpty()) {
            return Optional.of(
                    "it has no IOMMU group: turn the IOMMU on (intel_iommu=on, amd_iommu=on) in firmware and kernel");
        }
        IommuGroup group = function.iommuGroup().get();
        List<String> others = others(group);
        if (!others.isEmpty()) {
            return Optional.of(
                    "it shares IOMMU group %d with %s: bind them to %s too"
                            .formatted(group.id(), String.join(" and ", others), VFIO));
        }
        return List.of(vfio(), node(function, group)).stream()
                .filter(node -> !Files.exists(node))
                .findFirst()
                .map(node ->
                        "there is no node %s: is the module vfio loaded, and /dev the host's?"
                                .formatted(node));
    }

    private List<String> others(IommuGroup group) {
        return group.others().stream()
                .flatMap(other -> pci.find(other).stream())
                .filter(other ->
                        other.driver().filter(name -> !HARMLESS.contains(name)).isPresent())
                .map(other ->
                        "%s, which driver %s has"
                                .formatted(other.address(), other.driver().orElse("")))
                .toList();
    }

    private Path vfio() {
        return root.resolve("dev/vfio/vfio");
    }

    private Path node(PciFunction function, IommuGroup group) {
        String node = function.vfioNode().orElse("/dev/vfio/" + group.id());
        return root.resolve(node.substring(1));
    }

    private Finding open(PciFunction function) {
        IommuGroup ofFunction = function.iommuGroup().orElseThrow();
        Path node = node(function, ofFunction);
        try (VfioGroup group = VfioGroup.open(vfio(), node)) {
            if (group.version() != 0) {
                return Finding.unusable(
                        "vfio speaks version %d here, and version 0 is known"
                                .formatted(group.version()));
            }
            if (!group.isViable()) {
                return Finding.unusable(
                        "IOMMU group %d is not viable: a member of it has another driver"
                                .formatted(ofFunction.id()));
            }
            group.attach();
            group.openDevice(function.address().value());
            VfioGroup.Device device = group.reset();
            return Finding.usable(
                    "vfio opens it by %s: %d regions, %d kinds of interrupts, %s"
                            .formatted(
                                    node,
                                    device.regions(),
                                    device.interrupts(),
                                    device.wasReset() ? "reset" : "which cannot be reset"));
        } catch (KernelException e) {
            return Finding.unusable(words(e, node));
        }
    }

    private String words(KernelException refusal, Path node) {
        return switch (refusal.errno()) {
            case KernelException.EBUSY -> {
                List<String> holders = new Holders(root.resolve("proc")).of(node);
                yield "it is busy: %s"
                        .formatted(
                                holders.isEmpty()
                                        ? refusal.getMessage()
                                        : "%s has %s open"
                                                .formatted(String.join(", ", holders), node));
            }
            case Errno.EPERM ->
                    "vfio refuses it: %s; without an IOMMU that needs CAP_SYS_RAWIO"
                            .formatted(refusal.getMessage());
            case EACCES ->
                    "vfio refuses it: %s; where a process drives its physical function, both need one --vfio-vf-token"
                            .formatted(refusal.getMessage());
            default -> "vfio refuses it: " + refusal.getMessage();
        };
    }
}
