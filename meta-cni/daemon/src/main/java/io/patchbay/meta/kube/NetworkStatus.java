package io.patchbay.meta.kube;

import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One element of the annotation that tells a pod what it got: a link inside, with its network.
/// Source: NPWG multi-network specification v1.3, §5, and the client library for `mtu` and
/// `gateway`.
///
/// @param ifName empty where the attachment has no link inside, as has a userspace socket
/// @param mtu 0 where not told
/// @param isDefault true for one element only: the first link of the default network
/// @param gateways of the default routes that the network gave
public record NetworkStatus(
        String name,
        Optional<String> ifName,
        List<InetAddress> ips,
        Optional<MacAddress> mac,
        int mtu,
        boolean isDefault,
        Dns dns,
        List<InetAddress> gateways,
        Optional<DeviceInfo> device) {
    public static final String KEY = "k8s.v1.cni.cncf.io/network-status";

    public NetworkStatus {
        ips = List.copyOf(ips);
        gateways = List.copyOf(gateways);
    }

    /// The attachments of a pod, the default network's first.
    public static List<NetworkStatus> of(List<AttachedNetwork> networks) {
        List<NetworkStatus> statuses = new ArrayList<>();
        for (AttachedNetwork network : networks) {
            addTo(statuses, network);
        }
        return statuses;
    }

    private static void addTo(List<NetworkStatus> statuses, AttachedNetwork network) {
        List<CniResult.Interface> links = network.result().interfaces();
        boolean first = true;
        for (int i = 0; i < links.size(); i++) {
            CniResult.Interface link = links.get(i);
            if (link.sandbox().isEmpty()) {
                continue;
            }
            // An address that names no link is taken for the first one's.
            int without = first ? i : -1;
            int position = i;
            statuses.add(
                    status(
                            network,
                            Optional.of(link),
                            ip -> ip.link().orElse(without) == position,
                            statuses.isEmpty()));
            first = false;
        }
        if (first) {
            statuses.add(status(network, Optional.empty(), ip -> true, statuses.isEmpty()));
        }
    }

    private static NetworkStatus status(
            AttachedNetwork network,
            Optional<CniResult.Interface> link,
            Predicate<CniResult.Ip> own,
            boolean isDefault) {
        CniResult result = network.result();
        return new NetworkStatus(
                network.attachment().title(),
                link.map(CniResult.Interface::name),
                result.ips().stream().filter(own).map(ip -> ip.address().address()).toList(),
                link.flatMap(CniResult.Interface::mac),
                link.map(CniResult.Interface::mtu).orElse(0),
                isDefault,
                result.dns(),
                result.routes().stream()
                        .filter(route -> route.destination().prefix() == 0)
                        .flatMap(route -> route.gateway().stream())
                        .toList(),
                network.device());
    }
}
