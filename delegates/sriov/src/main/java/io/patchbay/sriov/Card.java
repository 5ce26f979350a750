package io.patchbay.sriov;

import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Virtual;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A physical function and the virtual ones that it has, as they are at one moment.
///
/// @param virtual by their index; one that is vanishing may be missing
record Card(PciFunction function, Physical kind, SortedMap<Integer, PciFunction> virtual) {

    /// Those of a machine, by the addresses of their physical functions.
    static List<Card> all(List<PciFunction> functions) {
        return functions.stream()
                .filter(function -> function.kind() instanceof Physical)
                .sorted(Comparator.comparing(PciFunction::address))
                .map(function -> of(function, (Physical) function.kind(), functions))
                .toList();
    }

    static Card of(PciFunction function, Physical kind, List<PciFunction> all) {
        SortedMap<Integer, PciFunction> virtual = new TreeMap<>();
        for (PciFunction other : all) {
            if (other.kind() instanceof Virtual(PciAddress physical, int index)
                    && physical.equals(function.address())) {
                virtual.put(index, other);
            }
        }
        return new Card(function, kind, virtual);
    }

    PciAddress address() {
        return function.address();
    }

    /// The physical function, and the virtual ones behind it.
    Stream<PciFunction> functions() {
        return Stream.concat(Stream.of(function), virtual.values().stream());
    }
}
