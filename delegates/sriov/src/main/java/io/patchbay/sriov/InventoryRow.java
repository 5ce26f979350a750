package io.patchbay.sriov;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.NetworkLink;
import io.patchbay.spi.device.PciFunction.Virtual;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A function and its owner.
///
/// @param function empty where a pod had it, and it is not there any more
/// @param inTheWay what keeps vfio from giving it to a process: members of its group
record InventoryRow(
        PciAddress address,
        Optional<PciFunction> function,
        Optional<Loan> loan,
        List<PciAddress> inTheWay) {
    static final List<String> COLUMNS =
            List.of(
                    "PF", "VF", "ADDRESS", "LINK", "DRIVER", "STATE", "POD", "IFNAME", "NUMA",
                    "IOMMU", "VFIO");

    private static final String NONE = "-";

    FunctionState state() {
        return FunctionState.of(function, loan);
    }

    List<String> cells() {
        return List.of(
                physical(),
                index(),
                address.value(),
                link(),
                function.flatMap(PciFunction::driver).orElse(NONE),
                state().word(),
                loan.map(one -> one.pod().toString()).orElse(NONE),
                loan.map(one -> one.id().ifName()).orElse(NONE),
                function.stream()
                        .flatMapToInt(found -> found.numaNode().stream())
                        .mapToObj(Integer::toString)
                        .findFirst()
                        .orElse(NONE),
                function.flatMap(PciFunction::iommuGroup)
                        .map(group -> Integer.toString(group.id()))
                        .orElse(NONE),
                vfio());
    }

    private String physical() {
        return virtual()
                .map(Virtual::physical)
                .or(() -> loan.flatMap(Loan::port).map(Loan.Port::physical))
                .or(() -> function.map(PciFunction::address))
                .map(PciAddress::value)
                .orElse(NONE);
    }

    private String index() {
        return virtual()
                .map(Virtual::index)
                .or(() -> loan.flatMap(Loan::port).map(Loan.Port::index))
                .map(number -> Integer.toString(number))
                .orElse(NONE);
    }

    private Optional<Virtual> virtual() {
        return function.map(PciFunction::kind)
                .filter(Virtual.class::isInstance)
                .map(Virtual.class::cast);
    }

    /// On the host; in brackets the name that a pod's comes back under.
    private String link() {
        String now =
                function.stream()
                        .flatMap(found -> found.links().stream())
                        .map(NetworkLink::name)
                        .collect(Collectors.joining(","));
        return now.isEmpty()
                ? loan.flatMap(Loan::link).map(before -> "(" + before.name() + ")").orElse(NONE)
                : now;
    }

    /// Whether vfio can give it to a process.
    private String vfio() {
        if (function.isEmpty()) {
            return NONE;
        }
        if (function.flatMap(PciFunction::iommuGroup).isEmpty()) {
            return "no IOMMU";
        }
        return inTheWay.isEmpty()
                ? "yes"
                : "shared with "
                        + inTheWay.stream().map(PciAddress::value).collect(Collectors.joining(","));
    }
}
