package io.patchbay.chained;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a link and the settings of its namespace were like before they were tuned, as far as they
/// are.
///
/// @param link its index in the pod
/// @param device the hardware below it, by which it is known on the host too
record Baseline(
        AttachmentId id,
        int step,
        int link,
        Optional<String> device,
        List<Setting> sysctls,
        Optional<MacAddress> mac,
        OptionalInt mtu,
        Optional<Boolean> promiscuous,
        Optional<Boolean> allMulticast,
        OptionalInt transmitQueueLength)
        implements Noted {

    /// @param key as the network names it
    record Setting(String key, String value) {}

    static Baseline of(Attachment<?> attachment, Netns pod, Link link, Tuning tuning) {
        Link.Settings settings = link.settings();
        return new Baseline(
                attachment.id(),
                attachment.step(),
                link.index(),
                link.device(),
                read(pod, link, tuning),
                tuning.mac().flatMap(mac -> link.mac()),
                tuning.mtu() == 0 ? OptionalInt.empty() : OptionalInt.of(link.mtu()),
                tuning.promiscuous() ? Optional.of(settings.promiscuous()) : Optional.empty(),
                tuning.allMulticast().map(wanted -> settings.allMulticast()),
                tuning.transmitQueueLength().isPresent()
                        ? OptionalInt.of(settings.transmitQueueLength())
                        : OptionalInt.empty());
    }

    private static List<Setting> read(Netns pod, Link link, Tuning tuning) {
        List<Setting> settings = new ArrayList<>();
        for (SysctlKey key : tuning.sysctls()) {
            Tuning.find(pod, key, link.name())
                    .ifPresent(value -> settings.add(new Setting(key.written(), value)));
        }
        return settings;
    }

    /// Puts back what differs. Of a link that goes with its sandbox nothing is.
    ///
    /// @param group the link group of the sandbox
    void restore(Optional<Netns> pod, Netns host, int group) {
        Optional<Link> inside = pod.flatMap(netns -> netns.rtnl().find(link));
        Optional<Link> kept = inside.filter(found -> found.group() != group);
        pod.ifPresent(netns -> restoreSysctls(netns, kept.map(Link::name)));
        kept.ifPresent(found -> restore(pod.orElseThrow(), found));
        if (inside.isEmpty()) {
            onHost(host).ifPresent(found -> restore(host, found));
        }
    }

    /// A device comes back to the host by itself when its namespace ends. It has no sysctls of its
    /// stay in the pod by then.
    private Optional<Link> onHost(Netns host) {
        return device.isEmpty()
                ? Optional.empty()
                : host.rtnl().links().stream()
                        .filter(found -> found.device().equals(device))
                        .findFirst();
    }

    private void restoreSysctls(Netns pod, Optional<String> name) {
        for (Setting setting : sysctls.reversed()) {
            SysctlKey key = new SysctlKey(setting.key());
            if (!key.isOfLink()) {
                restore(pod, key.path(""), setting.value());
            } else {
                name.ifPresent(link -> restore(pod, key.path(link), setting.value()));
            }
        }
    }

    private static void restore(Netns pod, String path, String value) {
        try {
            if (!pod.sysctl().find(path).equals(Optional.of(value))) {
                pod.sysctl().set(path, value);
            }
        } catch (KernelException e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }

    private void restore(Netns netns, Link now) {
        List<Change> changes = changes(now);
        try {
            netns.rtnl().apply(changes);
        } catch (KernelException e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }

    /// What makes a link what it was.
    List<Change> changes(Link now) {
        List<Change> changes = new ArrayList<>();
        int index = now.index();
        mac.filter(was -> !now.mac().equals(mac))
                .ifPresent(was -> changes.add(new Change.SetMac(index, was)));
        promiscuous
                .filter(was -> was != now.settings().promiscuous())
                .ifPresent(was -> changes.add(new Change.SetPromiscuous(index, was)));
        mtu.stream()
                .filter(was -> was != now.mtu())
                .forEach(was -> changes.add(new Change.SetMtu(index, was)));
        allMulticast
                .filter(was -> was != now.settings().allMulticast())
                .ifPresent(was -> changes.add(new Change.SetAllMulticast(index, was)));
        transmitQueueLength.stream()
                .filter(was -> was != now.settings().transmitQueueLength())
                .forEach(was -> changes.add(new Change.SetTransmitQueueLength(index, was)));
        return changes;
    }
}
