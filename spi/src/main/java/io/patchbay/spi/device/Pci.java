package io.patchbay.spi.device;

import io.patchbay.spi.device.PciChange.Probe;
import io.patchbay.spi.device.PciChange.SetOverride;
import io.patchbay.spi.device.PciChange.SetVirtualFunctions;
import io.patchbay.spi.device.PciChange.Unbind;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/// The PCI functions of the machine. Safe from any thread; nothing is remembered, every call looks
/// anew. Every failure is a {@link KernelException} that names the file, what was written to it and
/// the kernel's words.
public interface Pci {
    /// All of them, by their address.
    List<PciFunction> functions();

    /// Empty where there is none such, or no more.
    Optional<PciFunction> find(PciAddress function);

    /// Where there is none such: ENODEV.
    default PciFunction get(PciAddress function) {
        return find(function)
                .orElseThrow(() ->
                        new KernelException(
                                "find PCI function " + function,
                                KernelException.ENODEV,
                                "ENODEV (no such device)"));
    }

    /// The function that a link, in whatever namespace, belongs to; empty for one of software or of
    /// another bus.
    default Optional<PciFunction> find(Link link) {
        return link.device().filter(PciAddress::isOne).map(PciAddress::parse).flatMap(this::find);
    }

    /// The drivers for PCI that this kernel has loaded.
    SortedSet<String> drivers();

    /// Makes one change and waits until it is made. An interrupt ends the waiting by EINTR, and the
    /// thread stays interrupted; what was written goes on.
    void apply(PciChange change);

    /// Begins to watch the functions, their drivers and their links, from now on. Whoever asks
    /// closes it.
    Watch watch();

    /// Waits until a function is there and as wanted.
    ///
    /// @return how it was found at last, wanted or not; empty where it is not there
    default Optional<PciFunction> await(
            PciAddress function, Predicate<PciFunction> wanted, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try (Watch watch = watch()) {
            while (true) {
                Optional<PciFunction> found = find(function);
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (found.filter(wanted).isPresent() || left.isNegative()) {
                    return found;
                }
                boolean _ = watch.await(left);
            }
        }
    }

    /// Gives a physical function so many virtual ones. Another number than 0 cannot be changed but
    /// through 0, so all that were there are destroyed then; the same number changes nothing.
    ///
    /// @return how the function was found afterwards
    default PciFunction setVirtualFunctions(PciAddress physical, int count) {
        if (!(get(physical).kind() instanceof PciFunction.Physical before)) {
            throw new KernelException(
                    "set the number of virtual functions of %s to %d".formatted(physical, count),
                    KernelException.EOPNOTSUPP,
                    "it is no physical function with SR-IOV");
        }
        int now = before.virtual().size();
        if (count < 0 || count > before.total()) {
            throw new KernelException(
                    "set the number of virtual functions of %s to %d".formatted(physical, count),
                    KernelException.ERANGE,
                    "ERANGE (out of range): it can have %d".formatted(before.total()));
        }
        if (now != count && now != 0 && count != 0) {
            apply(new SetVirtualFunctions(physical, 0));
        }
        if (now != count) {
            apply(new SetVirtualFunctions(physical, count));
        }
        return get(physical);
    }

    /// Binds a function to a driver, and to no other until it is given back; steps that are not
    /// needed are not taken. Refused before any of them where the driver is not loaded, and by
    /// ENODEV after them where the driver did not take it.
    ///
    /// @return how the function was found afterwards
    default PciFunction bind(PciAddress function, String driver) {
        PciFunction before = get(function);
        if (!drivers().contains(driver)) {
            throw new KernelException(
                    "bind %s to %s".formatted(function, driver),
                    KernelException.ENODEV,
                    "ENODEV (no such device): no such driver is loaded, try modprobe " + driver);
        }
        if (!before.override().equals(Optional.of(driver))) {
            apply(new SetOverride(function, Optional.of(driver)));
        }
        if (!before.isBoundTo(driver)) {
            if (before.driver().isPresent()) {
                apply(new Unbind(function));
            }
            apply(new Probe(function));
        }
        PciFunction after = get(function);
        if (!after.isBoundTo(driver)) {
            throw new KernelException(
                    "bind %s to %s".formatted(function, driver),
                    KernelException.ENODEV,
                    "ENODEV (no such device): the driver did not take it, the kernel's log says why");
        }
        return after;
    }

    /// Lifts an override, and gives the function to whichever driver the kernel has for it: none
    /// for a virtual one whose physical one does not probe, see {@link PciChange.SetAutoprobe}.
    /// Without an override only a function that has no driver is offered to one.
    ///
    /// @return how the function was found afterwards
    default PciFunction giveBack(PciAddress function) {
        PciFunction before = get(function);
        if (before.override().isPresent()) {
            apply(new SetOverride(function, Optional.empty()));
            if (before.driver().isPresent()) {
                apply(new Unbind(function));
            }
        }
        if (before.override().isPresent() || before.driver().isEmpty()) {
            apply(new Probe(function));
        }
        return get(function);
    }
}
