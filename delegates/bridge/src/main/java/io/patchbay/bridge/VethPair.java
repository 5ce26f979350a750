package io.patchbay.bridge;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteLink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/// The two ends of one attachment. Their indexes and MAC addresses are chosen here, so that one
/// message makes them and nothing has to be read back.
record VethPair(
        int hostIndex,
        int podIndex,
        String podName,
        MacAddress hostMac,
        MacAddress podMac,
        int mtu) {

    /// What veth takes by itself (ether_setup).
    private static final int ETHERNET_MTU = 1500;

    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65535;

    /// @param mtu 0 for the kernel's choice
    /// @param mac of the pod's end, unless the request asks for one
    static VethPair of(Attachment<?> attachment, int mtu, Optional<MacAddress> mac) {
        return new VethPair(
                attachment.ifindex(0),
                attachment.ifindex(1),
                attachment.id().ifName(),
                random(),
                attachment.mac().or(() -> mac).orElseGet(VethPair::random),
                mtu == 0 ? ETHERNET_MTU : mtu);
    }

    static MacAddress random() {
        return MacAddress.random(ThreadLocalRandom.current());
    }

    static void requireMtu(int mtu) {
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "\"mtu\" is %d: a veth takes %d to %d, or 0 for the kernel's choice"
                            .formatted(mtu, SMALLEST_MTU, LARGEST_MTU));
        }
    }

    /// At most 10 characters, and nobody else's: the index is this link's alone.
    String hostName() {
        return "pb" + Integer.toHexString(hostIndex);
    }

    /// Makes the pair, the host's end up.
    ///
    /// @param master of the host's end, if any
    /// @param then what becomes of the host's end before anybody uses it, in the same send
    void create(Netns host, Netns pod, int group, OptionalInt master, List<Change> then) {
        Head near =
                Head.named(hostName()).index(hostIndex).group(group).mtu(mtu).mac(hostMac).asUp();
        Head far = Head.named(podName).index(podIndex).group(group).mtu(mtu).mac(podMac).in(pod);
        List<Change> changes = new ArrayList<>();
        changes.add(
                new CreateLink(
                        new LinkSpec.Veth(
                                master.isPresent() ? near.master(master.getAsInt()) : near, far)));
        changes.addAll(then);
        try {
            host.rtnl().apply(changes);
        } catch (KernelException e) {
            throw refusal(e, pod);
        }
    }

    private RuntimeException refusal(KernelException e, Netns pod) {
        if (e.exists() && pod.rtnl().find(podName).isPresent()) {
            return CniException.invalidConfig(
                    "interface \"%s\" is taken in %s: name another one"
                            .formatted(podName, pod.path()));
        }
        if (e.errno() == KernelException.EBUSY) {
            return CniException.tryAgain(
                    "link index %d or %d is taken by another link".formatted(hostIndex, podIndex));
        }
        return e;
    }

    /// The host's end for CHECK.
    Link getHostEnd(Netns host) {
        Link link =
                host.rtnl()
                        .find(hostIndex)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "link %s (index %d), the host's end of %s, should be on the host, and is not there"
                                                .formatted(hostName(), hostIndex, podName)));
        if (!link.up()) {
            throw CniException.changed(
                    "link %s, the host's end of %s, should be up, and is down"
                            .formatted(link.name(), podName));
        }
        return link;
    }

    /// Deletes an attachment's pair now, which the core would do after the last step; idempotent. A
    /// link of another sandbox under the index is left alone.
    static void delete(Detachment<?> detachment) {
        detachment
                .host()
                .rtnl()
                .find(detachment.ifindex(0))
                .filter(link -> link.kind().equals("veth") && link.group() == detachment.group())
                .ifPresent(link -> detachment.host().rtnl().apply(new DeleteLink(link.index())));
    }

    Interface hostInterface() {
        return Interface.onHost(hostName(), hostMac, mtu);
    }

    Interface podInterface(Netns pod) {
        return Interface.inSandbox(podName, podMac, mtu, pod.path());
    }
}
