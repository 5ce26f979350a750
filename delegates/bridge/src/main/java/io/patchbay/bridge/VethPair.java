package io.patchbay.bridge;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
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

    static VethPair of(Attachment<BridgeConfig> attachment) {
        BridgeConfig config = attachment.config();
        return new VethPair(
                attachment.ifindex(0),
                attachment.ifindex(1),
                attachment.id().ifName(),
                random(),
                attachment.mac().or(config::mac).orElseGet(VethPair::random),
                config.mtu() == 0 ? ETHERNET_MTU : config.mtu());
    }

    private static MacAddress random() {
        return MacAddress.random(ThreadLocalRandom.current());
    }

    /// At most 10 characters, and nobody else's: the index is this link's alone.
    String hostName() {
        return "pb" + Integer.toHexString(hostIndex);
    }

    void create(Netns host, Netns pod, Link bridge, int group) {
        Head near =
                Head.named(hostName())
                        .index(hostIndex)
                        .group(group)
                        .mtu(mtu)
                        .mac(hostMac)
                        .master(bridge.index())
                        .asUp();
        Head far = Head.named(podName).index(podIndex).group(group).mtu(mtu).mac(podMac).in(pod);
        try {
            host.rtnl().apply(new CreateLink(new LinkSpec.Veth(near, far)));
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

    void check(Netns host, Link bridge) {
        Link found =
                host.rtnl()
                        .find(hostIndex)
                        .orElseThrow(() ->
                                CniException.changed(
                                        "link %s (index %d), the host's end of %s, should be on the host, and is not there"
                                                .formatted(hostName(), hostIndex, podName)));
        if (!found.master().equals(OptionalInt.of(bridge.index()))) {
            throw CniException.changed(
                    "link %s should be a port of bridge %s (index %d), and its master is %s"
                            .formatted(
                                    found.name(),
                                    bridge.name(),
                                    bridge.index(),
                                    found.master().isPresent()
                                            ? found.master().getAsInt()
                                            : "none"));
        }
    }

    Interface hostInterface() {
        return Interface.onHost(hostName(), hostMac, mtu);
    }

    Interface podInterface(Netns pod) {
        return Interface.inSandbox(podName, podMac, mtu, pod.path());
    }
}
