package io.patchbay.sriov;

import io.patchbay.spi.Table;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.IommuGroup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The cards of the node, their virtual functions, and who has them, as they are at one moment.
///
/// @param rows a physical function, then its virtual ones by their index; at the end what pods have
///   beside them: functions of other kinds, and those that the machine has no more
record Inventory(List<InventoryRow> rows) {

    static Inventory of(List<PciFunction> functions, Collection<Loan> loans) {
        Map<PciAddress, PciFunction> byAddress =
                functions.stream()
                        .collect(Collectors.toMap(PciFunction::address, Function.identity()));
        SortedMap<PciAddress, Loan> byDevice = new TreeMap<>();
        loans.forEach(loan -> loan.pci().ifPresent(device -> byDevice.put(device, loan)));
        List<PciAddress> ofCards =
                Card.all(functions).stream()
                        .flatMap(Card::functions)
                        .map(PciFunction::address)
                        .toList();
        Stream<PciAddress> others =
                byDevice.keySet().stream().filter(address -> !ofCards.contains(address));
        return new Inventory(
                Stream.concat(ofCards.stream(), others)
                        .map(address ->
                                row(address, byAddress, Optional.ofNullable(byDevice.get(address))))
                        .toList());
    }

    private static InventoryRow row(
            PciAddress address, Map<PciAddress, PciFunction> functions, Optional<Loan> loan) {
        Optional<PciFunction> function = Optional.ofNullable(functions.get(address));
        List<PciAddress> inTheWay =
                function.flatMap(PciFunction::iommuGroup).stream()
                        .map(IommuGroup::others)
                        .flatMap(Collection::stream)
                        .map(functions::get)
                        .filter(Objects::nonNull)
                        .filter(UserSpace::isInTheWay)
                        .map(PciFunction::address)
                        .toList();
        return new InventoryRow(address, function, loan, inTheWay);
    }

    Table table() {
        return new Table(
                "functions", InventoryRow.COLUMNS, rows.stream().map(InventoryRow::cells).toList());
    }

    /// How many are in a state, physical and virtual ones.
    long count(FunctionState state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }

    /// What pods had, and have no more.
    List<Loan> lost() {
        return rows.stream()
                .filter(row -> row.state() == FunctionState.LOST)
                .flatMap(row -> row.loan().stream())
                .toList();
    }
}
