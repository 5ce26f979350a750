package io.patchbay.chained;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/// What a link is to be like, from the network and from who asks for it.
record Tuning(
        SequencedMap<String, String> values,
        Optional<MacAddress> mac,
        int mtu,
        boolean promiscuous,
        Optional<Boolean> allMulticast,
        OptionalInt transmitQueueLength) {

    /// IPV6_MIN_MTU (RFC 8200): below it the kernel takes a link's IPv6 away, addresses and all.
    private static final int LEAST_OF_IPV6 = 1280;

    /// What the kernel says of a value that the link cannot have.
    private static final Set<Integer> UNFIT =
            Set.of(
                    KernelException.EACCES,
                    KernelException.EINVAL,
                    KernelException.EBUSY,
                    KernelException.ERANGE,
                    KernelException.EOPNOTSUPP,
                    KernelException.EADDRINUSE,
                    KernelException.EADDRNOTAVAIL);

    static Tuning of(Attachment<TuningConfig> attachment) {
        TuningConfig config = attachment.config();
        return new Tuning(
                config.sysctl(),
                attachment.mac().or(config::mac),
                config.mtu(),
                config.promisc(),
                config.allmulti(),
                config.txQLen());
    }

    List<SysctlKey> sysctls() {
        return values.keySet().stream().map(SysctlKey::new).toList();
    }

    void refuseUnfit(ChainedLink chained) {
        boolean ipv6 = chained.ips().stream().anyMatch(ip -> ip.address().isIpv6());
        if (mtu != 0 && mtu < LEAST_OF_IPV6 && ipv6) {
            throw CniException.invalidConfig(
                    "\"mtu\" is %d, and link %s has an IPv6 address, which needs %d: the kernel would take the address away"
                            .formatted(mtu, chained.link().name(), LEAST_OF_IPV6));
        }
    }

    /// The sysctls come first, as in the reference plugin.
    void apply(Netns pod, Link link) {
        values.forEach((key, value) -> set(pod, new SysctlKey(key), value, link.name()));
        try {
            pod.rtnl().apply(changes(link));
        } catch (KernelException e) {
            throw UNFIT.contains(e.errno()) ? unfit(e, link) : e;
        }
    }

    private static CniException unfit(KernelException e, Link link) {
        return new CniException(
                Standard.INVALID_NETWORK_CONFIG,
                "link %s cannot be tuned so: %s".formatted(link.name(), e.getMessage()),
                e);
    }

    private static void set(Netns pod, SysctlKey key, String value, String link) {
        try {
            pod.sysctl().set(key.path(link), value);
        } catch (KernelException e) {
            if (!e.isAbsent() && !UNFIT.contains(e.errno())) {
                throw e;
            }
            throw new CniException(
                    Standard.INVALID_NETWORK_CONFIG,
                    "sysctl \"%s\" cannot be set to \"%s\": %s"
                            .formatted(key, value, e.getMessage()),
                    e);
        }
    }

    private List<Change> changes(Link link) {
        int index = link.index();
        List<Change> changes = new ArrayList<>();
        // Some drivers take none while the link is up, be it the one they have.
        mac.filter(wanted -> !link.mac().equals(mac))
                .ifPresent(wanted -> changes.add(new Change.SetMac(index, wanted)));
        if (promiscuous) {
            changes.add(new Change.SetPromiscuous(index, true));
        }
        if (mtu != 0) {
            changes.add(new Change.SetMtu(index, mtu));
        }
        allMulticast.ifPresent(on -> changes.add(new Change.SetAllMulticast(index, on)));
        transmitQueueLength.ifPresent(
                length -> changes.add(new Change.SetTransmitQueueLength(index, length)));
        return changes;
    }

    /// Throws code 100 where something is not as it was set. Whether the link is promiscuous is
    /// asked only where it was made so: a capture in the pod makes it so for a while.
    void check(Netns pod, Link link) {
        values.forEach((key, value) -> check(pod, link, new SysctlKey(key), value));
        mac.ifPresent(wanted ->
                refuse(link, "MAC address", wanted, link.mac().<Object>map(x -> x).orElse("none")));
        if (mtu != 0) {
            refuse(link, "MTU", mtu, link.mtu());
        }
        Link.Settings settings = link.settings();
        if (promiscuous) {
            refuse(link, "promiscuous mode", true, settings.promiscuous());
        }
        allMulticast.ifPresent(
                on -> refuse(link, "all-multicast mode", on, settings.allMulticast()));
        transmitQueueLength.ifPresent(
                length -> refuse(link, "queue length", length, settings.transmitQueueLength()));
    }

    private static void check(Netns pod, Link link, SysctlKey key, String wanted) {
        find(pod, key, link.name())
                .ifPresent(found -> refuse(link, key.written(), words(wanted), words(found)));
    }

    /// The kernel writes several numbers with tabs between them.
    private static List<String> words(String value) {
        return List.of(value.strip().split("\\s+"));
    }

    private static void refuse(Link link, String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw CniException.changed(
                    "link %s should have %s %s, and has %s"
                            .formatted(link.name(), what, wanted, found));
        }
    }

    /// The value of a sysctl; none where it cannot be read, such as that of net.ipv4.route.flush.
    static Optional<String> find(Netns pod, SysctlKey key, String link) {
        try {
            return pod.sysctl().find(key.path(link));
        } catch (KernelException e) {
            if (e.errno() != KernelException.EACCES) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
