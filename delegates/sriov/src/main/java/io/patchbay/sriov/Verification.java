package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.VirtualFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a device is what it was, by a look at all of it anew.
record Verification(Loan loan, VirtualFunctions functions, Netns host) {

    /// Code 5 that names every difference.
    void refuseUnlike() {
        List<String> unlike = differences();
        if (!unlike.isEmpty()) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "device %s of %s is not what it was: %s"
                            .formatted(loan.device(), loan.owner(), String.join("; ", unlike)));
        }
    }

    List<String> differences() {
        List<String> unlike = new ArrayList<>();
        Optional<PciFunction> function = loan.pci().flatMap(functions.pci()::find);
        loan.driver()
                .ifPresent(before -> {
                    compare(unlike, "driver", before.name(), function.flatMap(PciFunction::driver));
                    compare(
                            unlike,
                            "driver_override",
                            before.override(),
                            function.flatMap(PciFunction::override));
                });
        if (function.filter(PciFunction::isForUserSpace).isEmpty()) {
            loan.link().ifPresent(before -> compareLink(unlike, before));
        }
        loan.port().ifPresent(before -> comparePort(unlike, before));
        return unlike;
    }

    private void compareLink(List<String> unlike, HostLink before) {
        Optional<Link> found = new Passage(host, loan::owns).find(host);
        if (found.isEmpty()) {
            unlike.add("its link should be on the host, and is not");
            return;
        }
        Link now = found.get();
        compare(unlike, "MAC address", before.mac(), now.mac());
        compare(unlike, "MTU", before.mtu(), now.mtu());
        compare(unlike, "up", before.up(), now.up());
        compare(unlike, "alias", LentLink.aliasOf(before, now), now.alias());
    }

    private void comparePort(List<String> unlike, Loan.Port before) {
        Optional<PhysicalPort> port =
                functions.port(host.rtnl(), before.physical(), before.index());
        if (port.isEmpty()) {
            unlike.add("its physical function has no link on the host");
            return;
        }
        VirtualFunction now = port.get().read();
        compare(unlike, "what its physical function sets", before.before(), now);
    }

    private static void compare(List<String> unlike, String what, Object before, Object now) {
        if (!before.equals(now)) {
            unlike.add("%s should be %s, and is %s".formatted(what, before, now));
        }
    }
}
