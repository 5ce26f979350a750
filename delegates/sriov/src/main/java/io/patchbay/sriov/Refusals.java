package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.KernelException;

/// What a kernel's refusal of an ADD means to the one who asked.
final class Refusals {
    private Refusals() {}

    /// Code 11 for what is busy or went away, 7 for what the card does not take.
    static CniException of(KernelException e, PciAddress device) {
        boolean again =
                e.isAbsent()
                        || e.errno() == KernelException.EBUSY
                        || e.errno() == KernelException.EAGAIN
                        || e.errno() == KernelException.EINTR;
        return new CniException(
                again ? Standard.TRY_AGAIN_LATER : Standard.INVALID_NETWORK_CONFIG,
                "device %s could not be lent: the kernel would not %s"
                        .formatted(device, e.operation()),
                e);
    }
}
