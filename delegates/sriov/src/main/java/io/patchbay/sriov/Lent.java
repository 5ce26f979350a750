package io.patchbay.sriov;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.ipam.Ipam;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A device that is with a pod.
///
/// @param function empty for a device that is none of PCI
/// @param link in the pod; empty where a process drives the function
record Lent(
        Optional<PciFunction> function, Optional<Link> link, Optional<MacAddress> mac, int mtu) {

    /// The lease of a device that is not with the pod yet: taken now, for it may be refused, unless
    /// it is asked for over the link.
    static Supplier<Lease> lease(Ipam ipam, Supplier<Lease> acquire) {
        if (ipam.needsLink()) {
            return acquire;
        }
        Lease lease = acquire.get();
        return () -> lease;
    }

    /// Throws code 7 where addresses are asked for over a link that there is not to be.
    static void refuseWithoutLink(Ipam ipam, String device) {
        if (ipam.needsLink()) {
            throw CniException.invalidConfig(
                    "\"ipam\" asks for addresses over the link, and device %s has none in the pod: leave it out, or name another IPAM"
                            .formatted(device));
        }
    }

    /// Gives the link its lease, and tells what the pod has. A function without a link has the
    /// addresses by the result alone.
    Attached with(Supplier<Lease> lease, Attachment<?> attachment, Netns pod) {
        String name = attachment.id().ifName();
        int index = link.map(Link::index).orElse(0);
        if (attachment.ipam().needsLink()) {
            pod.rtnl().apply(new SetUp(index, true));
        }
        LeasedLink leased = new LeasedLink(index, name, lease.get());
        if (link.isPresent()) {
            leased.configure(pod);
            leased.announce(pod);
        }
        CniResult result = leased.result(List.of(told(name, pod)));
        return new Attached(attachment.told().plus(result), function.map(Lent::info));
    }

    private Interface told(String name, Netns pod) {
        return new Interface(
                name,
                mac,
                mtu,
                pod.path(),
                Optional.empty(),
                function.map(PciFunction::address).map(PciAddress::value));
    }

    private static DeviceInfo info(PciFunction function) {
        return new DeviceInfo.Pci(
                function.address().value(),
                Optional.empty(),
                function.rdma().stream().findFirst(),
                function.physical().map(PciAddress::value),
                Optional.empty());
    }
}
