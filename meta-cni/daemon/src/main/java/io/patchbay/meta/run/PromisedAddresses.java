package io.patchbay.meta.run;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.List;

/// What a runtime says in CHECK that the ADD gave, held against the kernel: the addresses of the
/// interface that it names. The links that other plugins of the list made are theirs to look at.
final class PromisedAddresses {
    private PromisedAddresses() {}

    /// Throws code 100 where the interface lacks one of them.
    static void check(CniResult previous, String ifName, Netns pod) {
        List<Cidr> promised =
                previous.ips().stream()
                        .filter(ip -> isOn(ifName, previous, ip))
                        .map(Ip::address)
                        .toList();
        if (promised.isEmpty()) {
            return;
        }
        List<Cidr> found =
                pod.rtnl()
                        .find(ifName)
                        .map(Link::index)
                        .map(pod.rtnl()::addresses)
                        .orElse(List.of());
        for (Cidr address : promised) {
            if (!found.contains(address)) {
                throw CniException.changed(
                        "link %s of %s should have address %s of prevResult, and has %s"
                                .formatted(ifName, pod.path(), address, found));
            }
        }
    }

    private static boolean isOn(String ifName, CniResult previous, Ip ip) {
        List<CniResult.Interface> links = previous.interfaces();
        if (ip.link().isEmpty() || ip.link().getAsInt() >= links.size()) {
            return false;
        }
        CniResult.Interface link = links.get(ip.link().getAsInt());
        return link.name().equals(ifName) && !link.sandbox().isEmpty();
    }
}
