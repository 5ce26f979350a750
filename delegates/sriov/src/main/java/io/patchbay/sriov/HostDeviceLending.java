package io.patchbay.sriov;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Lifeline;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.sriov.HostDevices.Found;
import java.util.Optional;

/// Lends a device of the host as it is: what it was is written down, then its link goes.
record HostDeviceLending(Pci pci, Loans loans, Attachment<HostDeviceConfig> attachment) {

    /// Refuses what a look at the host tells; nothing is changed.
    Found refuseUnfit(Netns pod) {
        // MAC of CNI_ARGS is for whoever in the chain can set it, such as tuning behind this one.
        attachment
                .capabilities()
                .mac()
                .ifPresent(mac -> {
                    throw CniException.invalidConfig(
                            "MAC address %s is asked for, and a device of the host keeps its own: ask for none"
                                    .formatted(mac));
                });
        Found found = new HostDevices(pci, attachment.host(), loans).get(name());
        loans.refuseLent(found.key(), attachment.id());
        if (found.link().isEmpty()) {
            Lent.refuseWithoutLink(attachment.ipam(), found.key().value());
        }
        found.link().ifPresent(link -> refuseNeeded(attachment.host(), link));
        found.link()
                .filter(link -> link.device().isEmpty())
                .ifPresent(link -> refuseTaken(link, pod));
        return found;
    }

    /// What the kubelet or the pod names must be what the network names, if both do.
    private DeviceName name() {
        Optional<DeviceName> named = attachment.config().named();
        Optional<DeviceName> assigned =
                attachment
                        .device()
                        .filter(id -> !id.value().isEmpty())
                        .map(id -> new DeviceName.OfBus("deviceID", id.value(), id));
        if (named.isPresent() && assigned.isPresent() && !isSame(named.get(), assigned.get())) {
            throw CniException.invalidConfig(
                    "%s, and %s of network %s: name the device in one way"
                            .formatted(
                                    assigned.get().told(),
                                    named.get().told(),
                                    attachment.id().network()));
        }
        return named.or(() -> assigned)
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "network %s names no device: say \"device\", \"hwaddr\", \"kernelpath\" or \"pciBusID\", or give it the annotation k8s.v1.cni.cncf.io/resourceName of a resource that the pod asks for"
                                        .formatted(attachment.id().network())));
    }

    private static boolean isSame(DeviceName one, DeviceName other) {
        return one instanceof DeviceName.OfBus(_, _, DeviceId place)
                && other instanceof DeviceName.OfBus(_, _, DeviceId assigned)
                && place.equals(assigned);
    }

    /// Refuses a link that the node itself cannot do without.
    static void refuseNeeded(Netns host, Link link) {
        if (link.name().equals("lo")) {
            throw CniException.invalidConfig(
                    "link lo is in every namespace, and leaves none: name another device");
        }
        if (Lifeline.of(host.rtnl().links(), host.rtnl().routes(Route.MAIN))
                .contains(link.index())) {
            throw CniException.invalidConfig(
                    "the node's default route goes by link %s: it would be cut off, name another device"
                            .formatted(link.name()));
        }
        link.master()
                .ifPresent(master -> {
                    throw CniException.tryAgain(
                            "link %s is in use on the host, as a port of link %d: take it out of that first"
                                    .formatted(link.name(), master));
                });
    }

    /// The index is how a link of software is found again, see {@link HostLink#is}.
    private static void refuseTaken(Link link, Netns pod) {
        pod.rtnl()
                .find(link.index())
                .ifPresent(other -> {
                    throw CniException.invalidConfig(
                            "link %s has index %d, and so has link %s of %s, so it would get another: create it anew with a greater one"
                                    .formatted(
                                            link.name(), link.index(), other.name(), pod.path()));
                });
    }

    /// What it throws at is undone by DEL.
    Lent lend(Netns pod) {
        Found found = refuseUnfit(pod);
        Loan loan =
                loans.begin(
                        new Loan(
                                attachment.id(),
                                attachment.step(),
                                attachment.pod(),
                                found.key(),
                                found.link().isPresent() ? Loan.Mode.LINK : Loan.Mode.USER_SPACE,
                                found.link().map(HostLink::of),
                                Optional.empty(),
                                Optional.empty()));
        Optional<Link> moved = found.link().map(link -> move(loan, link, pod));
        return new Lent(
                found.function(), moved, moved.flatMap(Link::mac), moved.map(Link::mtu).orElse(0));
    }

    private Link move(Loan loan, Link link, Netns pod) {
        try {
            return new Passage(attachment.host(), loan::owns)
                    .into(pod, link, attachment.id().ifName());
        } catch (KernelException e) {
            throw Refusals.of(e, loan.device());
        }
    }
}
