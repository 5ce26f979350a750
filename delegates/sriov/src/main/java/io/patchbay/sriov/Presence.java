package io.patchbay.sriov;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Setting;

/// Whether a pod still has its function as ADD left it.
record Presence(VirtualFunctions functions, Loan loan) {

    /// Code 100 where something is other.
    void check(Attachment<SriovConfig> attachment, Netns pod) {
        PciFunction _ = function();
        checkPlain(attachment, pod);
        loan.port().ifPresent(before -> checkPort(attachment, before));
    }

    /// As ADD gave it, where the network wants nothing of the function itself. Code 100 where it is
    /// other.
    void checkPlain(Attachment<?> attachment, Netns pod) {
        switch (loan.mode()) {
            case LINK -> {
                Link _ = link(attachment, pod);
            }
            case USER_SPACE -> checkDriver(function());
        }
    }

    private PciFunction function() {
        return loan.pci()
                .flatMap(functions.pci()::find)
                .orElseThrow(() ->
                        CniException.changed(
                                "device %s should be on this node, and is not: its physical function may have fewer by now"
                                        .formatted(loan.device())));
    }

    private Link link(Attachment<?> attachment, Netns pod) {
        Link found =
                new Passage(attachment.host(), loan::owns)
                        .find(pod)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "the link of device %s should be in %s, and is not there"
                                                .formatted(loan.device(), pod.path())));
        return LeasedLink.of(found.index(), attachment.id().ifName(), attachment.told()).check(pod);
    }

    private static void checkDriver(PciFunction function) {
        if (!function.isForUserSpace()) {
            throw CniException.changed(
                    "device %s should be on a driver for user space, and is on %s"
                            .formatted(function.address(), function.driver().orElse("none")));
        }
    }

    private void checkPort(Attachment<SriovConfig> attachment, Loan.Port before) {
        VirtualFunction now =
                functions
                        .port(attachment.host().rtnl(), before.physical(), before.index())
                        .map(PhysicalPort::read)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "physical function %s should have its link on the host, and has not"
                                                .formatted(before.physical())));
        VirtualFunction wanted = Wanted.of(attachment.config(), before.before());
        for (Setting unlike : Wanted.steps(now, wanted)) {
            throw CniException.changed(
                    "%s, and virtual function %d of %s is other: %s"
                            .formatted(Wanted.key(unlike), before.index(), before.physical(), now));
        }
    }
}
