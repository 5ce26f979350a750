package io.patchbay.sriov;

import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Netns;

/// One thing that brings a physical function nearer to what was declared.
sealed interface Step {
    record Write(PciChange.SetAutoprobe change) implements Step {}

    /// Gives it so many virtual functions; those that are there are destroyed.
    record Count(PciAddress physical, int wanted) implements Step {}

    record Bind(PciAddress function, String driver) implements Step {}

    record Mtu(PciAddress function, int link, int mtu) implements Step {}

    /// Fails with a {@link io.patchbay.spi.net.KernelException}.
    default void take(Pci pci, Netns host) {
        switch (this) {
            case Write(var change) -> pci.apply(change);
            case Count(var physical, int wanted) -> {
                var _ = pci.setVirtualFunctions(physical, wanted);
            }
            case Bind(var function, String driver) -> {
                var _ = pci.bind(function, driver);
            }
            case Mtu(_, int link, int mtu) -> host.rtnl().apply(new SetMtu(link, mtu));
        }
    }

    /// As a log names it.
    default String told() {
        return switch (this) {
            case Write(var change) ->
                    "%s: autoprobe %s".formatted(change.function(), change.on() ? "on" : "off");
            case Count(var physical, int wanted) ->
                    "%s: %d virtual functions".formatted(physical, wanted);
            case Bind(var function, String driver) -> "%s: driver %s".formatted(function, driver);
            case Mtu(var function, _, int mtu) -> "%s: MTU %d".formatted(function, mtu);
        };
    }
}
