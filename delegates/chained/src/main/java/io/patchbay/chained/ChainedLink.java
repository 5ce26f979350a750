package io.patchbay.chained;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.List;

/// The link of the pod that the plugins before in the chain made, and what they told. From ADD on
/// its index is what it goes by: the pod may rename it.
record ChainedLink(Link link, CniResult told) {

    /// Refuses, by code 7, what has no such link.
    static ChainedLink of(Attachment<?> attachment, Netns pod) {
        CniResult told =
                attachment
                        .previous()
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "%s has no link to be changed: put a plugin that makes one before this one in the chain"
                                                .formatted(attachment.id())));
        String name = attachment.id().ifName();
        List<String> inPod =
                told.interfaces().stream()
                        .filter(link -> !link.sandbox().isEmpty())
                        .map(Interface::name)
                        .toList();
        // A result of CNI 0.2.0 tells no links.
        if (!inPod.contains(name) && !told.interfaces().isEmpty()) {
            throw CniException.invalidConfig(
                    "the plugins before this one in the chain should have made link %s of %s, and told links %s of it: put one that makes it before"
                            .formatted(name, pod.path(), inPod));
        }
        Link link =
                pod.rtnl()
                        .find(name)
                        .orElseThrow(() ->
                                CniException.tryAgain(
                                        "link %s should be in %s, where the plugin before made it, and is not there"
                                                .formatted(name, pod.path())));
        return new ChainedLink(link, told);
    }

    /// Its addresses; one that points at no link is taken for one of this.
    List<Ip> ips() {
        return told.ips().stream().filter(this::isOwn).toList();
    }

    private boolean isOwn(Ip ip) {
        return ip.link().stream()
                .filter(position -> position < told.interfaces().size())
                .mapToObj(told.interfaces()::get)
                .allMatch(this::isThis);
    }

    private boolean isThis(Interface told) {
        return !told.sandbox().isEmpty() && told.name().equals(link.name());
    }

    /// What was told, with this link as it is by now.
    CniResult tellAnew(Link now) {
        return new CniResult(
                told.interfaces().stream().map(one -> isThis(one) ? as(now, one) : one).toList(),
                told.ips(),
                told.routes(),
                told.dns());
    }

    private static Interface as(Link now, Interface told) {
        return new Interface(
                told.name(),
                now.mac().or(told::mac),
                now.mtu(),
                told.sandbox(),
                told.socketPath(),
                told.pciId());
    }

    /// Throws code 100 where the link is gone.
    static Link check(int index, String name, Netns pod) {
        return pod.rtnl()
                .find(index)
                .orElseThrow(() ->
                        CniException.changed(
                                "link %s (index %d) should be in %s, and is not there"
                                        .formatted(name, index, pod.path())));
    }
}
