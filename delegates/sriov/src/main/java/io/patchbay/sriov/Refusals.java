package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.VirtualFunction.Setting;

/// What a kernel's refusal means to the one who asked.
final class Refusals {
    private Refusals() {}

    static CniException of(KernelException e, DeviceId device) {
        return new CniException(
                code(e),
                "device %s could not be lent: the kernel would not %s"
                        .formatted(device, e.operation()),
                e);
    }

    /// Many a driver sets nothing while its card has no carrier.
    static CniException of(KernelException e, Setting setting, PhysicalPort port) {
        return new CniException(
                code(e),
                "%s for virtual function %d of %s, and driver %s refuses it%s"
                        .formatted(
                                Wanted.key(setting),
                                port.index(),
                                port.physical().name(),
                                port.driver(),
                                port.physical().up()
                                        ? ""
                                        : ": the physical function is down, set it up first"),
                e);
    }

    /// Code 11 for what is busy or went away, 7 for what the card does not take.
    private static Standard code(KernelException e) {
        boolean again =
                e.isAbsent()
                        || e.errno() == KernelException.EBUSY
                        || e.errno() == KernelException.EAGAIN
                        || e.errno() == KernelException.EINTR;
        return again ? Standard.TRY_AGAIN_LATER : Standard.INVALID_NETWORK_CONFIG;
    }
}
