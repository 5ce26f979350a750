package io.patchbay.kit.machine;

import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.device.PciChange.Probe;
import io.patchbay.spi.device.PciChange.SetOverride;
import io.patchbay.spi.device.PciChange.Unbind;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/// The PCI functions of a card on paper: what is written has its effect, at once.
record PaperCardPci(Pci files, PaperCard card) implements Pci {
    @Override
    public List<PciFunction> functions() {
        return files.functions();
    }

    @Override
    public Optional<PciFunction> find(PciAddress function) {
        return files.find(function);
    }

    @Override
    public SortedSet<String> drivers() {
        return files.drivers();
    }

    @Override
    public void apply(PciChange change) {
        files.apply(change);
        switch (change) {
            case Unbind(PciAddress function) -> {
                if (find(function).orElseThrow().isBoundTo(PaperCard.DRIVER)) {
                    card.disappear(function);
                }
                card.machine().unbound(function.value());
            }
            case Probe(PciAddress function) -> {
                PciFunction now = find(function).orElseThrow();
                if (now.driver().isEmpty()) {
                    String driver = now.override().orElse(PaperCard.DRIVER);
                    card.machine().bound(function.value(), driver);
                    if (driver.equals(PaperCard.DRIVER)) {
                        card.appear(function);
                    }
                }
            }
            // As sysfs shows that there is none.
            case SetOverride(PciAddress function, Optional<String> driver) when driver.isEmpty() ->
                    card.machine().write(function.value(), "driver_override", "(null)");
            default -> {}
        }
    }

    /// Nothing comes by itself.
    @Override
    public Optional<PciFunction> await(
            PciAddress function, Predicate<PciFunction> wanted, Duration atMost) {
        return find(function);
    }

    @Override
    public Watch watch() {
        return files.watch();
    }
}
