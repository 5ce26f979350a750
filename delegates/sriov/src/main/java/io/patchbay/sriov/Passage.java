package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Change.DeleteAltName;
import io.patchbay.spi.net.Change.MoveLink;
import io.patchbay.spi.net.Change.Rename;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Rtnl;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The way of a device's link between the host and a pod. A move keeps neither the name nor, where
/// the other namespace has a link of that index, the index: the link is known by its device.
record Passage(Netns host, Predicate<Link> ours) {
    private static final int TRIES = 3;

    Optional<Link> find(Netns place) {
        return place.rtnl().links().stream().filter(ours).findFirst();
    }

    /// One message moves and renames. What it left half done is undone by {@link #home}.
    Link into(Netns pod, Link link, String name) {
        try {
            host.rtnl().apply(new MoveLink(link.index(), pod, name));
        } catch (KernelException e) {
            if (!e.exists()) {
                throw e;
            }
            throw CniException.invalidConfig(
                    "interface \"%s\", or one of the names that %s has beside its own, is taken in %s: name another one"
                            .formatted(name, link.name(), pod.path()));
        }
        return find(pod)
                .orElseThrow(() ->
                        CniException.tryAgain(
                                "link %s went away on its way to %s"
                                        .formatted(link.name(), pod.path())));
    }

    /// Brings the link back, if it is in the pod, under its name or, where somebody on the host has
    /// that by now, a free one.
    void home(Netns pod, HostLink before) {
        for (int tried = 1; tried <= TRIES; tried++) {
            Optional<Link> found = find(pod);
            if (found.isEmpty()) {
                return;
            }
            Link link = found.get();
            dropNames(pod.rtnl(), link, before);
            try {
                pod.rtnl()
                        .apply(
                                new SetUp(link.index(), false),
                                new MoveLink(link.index(), host, freeName(before, link)));
            } catch (KernelException e) {
                // Somebody was quicker with the name; it may have moved all the same.
                if (!e.exists() || tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// Gives a link on the host a MAC address. A card that was down meanwhile listens to none of
    /// its functions until each has begun anew, and a link that is down does that when it is set up
    /// and down again. Source: the kernel's drivers/net/ethernet/intel/igb/igb_main.c,
    /// IGB_VF_FLAG_CTS.
    void setMac(Link link, MacAddress mac) {
        SetMac change = new SetMac(link.index(), mac);
        try {
            Busy.retry(() -> host.rtnl().apply(change));
        } catch (KernelException e) {
            boolean up = find(host).map(Link::up).orElse(true);
            if (e.errno() != KernelException.EADDRNOTAVAIL || up) {
                throw e;
            }
            host.rtnl().apply(new SetUp(link.index(), true), new SetUp(link.index(), false));
            Busy.retry(() -> host.rtnl().apply(change));
        }
    }

    /// Gives a link on the host its name back, where that is free and the link has another.
    void rename(HostLink before, Link link) {
        if (!link.name().equals(before.name()) && host.rtnl().find(before.name()).isEmpty()) {
            host.rtnl()
                    .apply(new SetUp(link.index(), false), new Rename(link.index(), before.name()));
        }
    }

    /// Names that the pod gave it: they collide on the host as its own name does.
    static void dropNames(Rtnl place, Link link, HostLink before) {
        for (String name : link.altNames()) {
            if (!before.altNames().contains(name)) {
                place.apply(new DeleteAltName(link.index(), name));
            }
        }
    }

    private String freeName(HostLink before, Link link) {
        return IntStream.iterate(-1, n -> n + 1)
                .mapToObj(n -> n < 0 ? before.name() : "dev%d_%d".formatted(link.index(), n))
                .filter(name -> host.rtnl().find(name).isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
