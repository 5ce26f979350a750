package io.patchbay.vpc.plumbing;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.concurrent.ThreadLocalRandom;

/// The two ends of a pod's link. Indexes and MAC addresses are chosen here, so that one batch makes
/// it all and nothing is read back; and a MAC address that was chosen is not replaced by udev.
public record PodVeth(
        int hostIndex,
        int podIndex,
        String hostName,
        String podName,
        MacAddress hostMac,
        MacAddress podMac,
        int mtu,
        int group) {

    /// @param prefix of the host end's name
    public static PodVeth of(Attachment<?> attachment, String prefix, int mtu) {
        return new PodVeth(
                attachment.ifindex(0),
                attachment.ifindex(1),
                VethName.of(prefix, attachment.pod(), attachment.id()),
                attachment.id().ifName(),
                random(),
                attachment.mac().orElseGet(PodVeth::random),
                mtu,
                attachment.group());
    }

    private static MacAddress random() {
        return MacAddress.random(ThreadLocalRandom.current());
    }

    CreateLink creation(Netns pod) {
        Head near = Head.named(hostName).index(hostIndex).group(group).mtu(mtu).mac(hostMac).asUp();
        Head far = Head.named(podName).index(podIndex).group(group).mtu(mtu).mac(podMac).in(pod);
        return new CreateLink(new Veth(near, far));
    }

    public Interface hostInterface() {
        return Interface.onHost(hostName, hostMac, mtu);
    }

    public Interface podInterface(Netns pod) {
        return Interface.inSandbox(podName, podMac, mtu, pod.path());
    }
}
