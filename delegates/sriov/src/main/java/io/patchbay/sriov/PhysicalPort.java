package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Change.SetVirtualFunction;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Mac;
import io.patchbay.spi.net.VirtualFunction.Setting;
import java.time.Duration;

/// A virtual function as its physical one sees and sets it. Everything written is read back.
///
/// @param driver of the physical function, for messages
record PhysicalPort(Rtnl host, Link physical, String driver, int index) {
    private static final MacAddress NONE = new MacAddress(0);

    Quirks quirks() {
        return Quirks.of(driver);
    }

    VirtualFunction read() {
        return host.virtualFunctions(physical.index()).stream()
                .filter(function -> function.index() == index)
                .findFirst()
                .orElseThrow(() ->
                        new KernelException(
                                "read virtual function %d of %s".formatted(index, physical.name()),
                                KernelException.ENODEV,
                                "ENODEV (no such device): the physical function tells of none such"));
    }

    /// Code 7 where the driver is known to refuse one of the steps.
    void refuseLacking(VirtualFunction wanted) {
        for (Setting step : Wanted.steps(read(), wanted)) {
            if (quirks().lacks().test(step)) {
                throw CniException.invalidConfig(
                        "%s, and driver %s of physical function %s cannot do that"
                                .formatted(Wanted.key(step), driver, physical.name()));
            }
        }
    }

    /// Makes all the same as wanted but the MAC address.
    void become(VirtualFunction wanted) {
        Wanted.steps(read(), wanted).forEach(this::set);
    }

    /// Sets the MAC address that the physical function gives.
    void fix(MacAddress mac) {
        set(new Mac(mac));
    }

    /// Takes the given MAC address back, so that the link may have one of its own again. Drivers
    /// that know no such thing refuse zeros, and need none.
    void unfix() {
        try {
            Busy.retry(() -> host.apply(change(new Mac(NONE))));
        } catch (KernelException e) {
            if (e.errno() != KernelException.EINVAL && e.errno() != KernelException.EADDRNOTAVAIL) {
                throw e;
            }
        }
    }

    private void set(Setting setting) {
        try {
            Busy.retry(() -> host.apply(change(setting)));
        } catch (KernelException e) {
            throw Refusals.of(e, setting, this);
        }
        long end = System.nanoTime() + quirks().settles().toNanos();
        VirtualFunction now = read();
        while (!Wanted.isMet(setting, now) && Wanted.isTold(setting, now)) {
            if (Duration.ofNanos(end - System.nanoTime()).isNegative()) {
                throw new CniException(
                        Standard.IO_FAILURE,
                        "driver %s of physical function %s took %s for virtual function %d, and did not do it: the kernel's log may say why"
                                .formatted(driver, physical.name(), setting, index));
            }
            Busy.pause();
            now = read();
        }
    }

    private SetVirtualFunction change(Setting setting) {
        return new SetVirtualFunction(physical.index(), index, setting);
    }
}
