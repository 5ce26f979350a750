package io.patchbay.sriov;

import io.patchbay.spi.device.PciFunction;
import java.util.Locale;
import java.util.Optional;

/// What can be said of a function in a word.
enum FunctionState {
    /// A pod may have it.
    FREE,
    /// A pod has it.
    LENT,
    /// A process may drive it, and perhaps does: the kernel does not tell.
    VFIO,
    /// Nothing drives it.
    NO_DRIVER,
    /// Its link is in a namespace of somebody else's, or not made yet.
    NO_LINK,
    /// A pod had it, and it vanished or lost its driver.
    LOST;

    /// @param function empty where it is not there
    static FunctionState of(Optional<PciFunction> function, Optional<Loan> loan) {
        if (loan.isPresent()) {
            return function.filter(found -> isAsLent(found, loan.get())).isPresent() ? LENT : LOST;
        }
        if (function.flatMap(PciFunction::driver).isEmpty()) {
            return NO_DRIVER;
        }
        if (function.orElseThrow().isForUserSpace()) {
            return VFIO;
        }
        return function.orElseThrow().links().isEmpty() ? NO_LINK : FREE;
    }

    private static boolean isAsLent(PciFunction function, Loan loan) {
        return function.driver().isPresent()
                && function.isForUserSpace() == (loan.mode() == Loan.Mode.USER_SPACE);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
