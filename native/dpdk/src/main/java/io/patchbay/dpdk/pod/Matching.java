package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.NetworkDevice.Pci;
import io.patchbay.dpdk.pod.NetworkDevice.Untold;
import io.patchbay.dpdk.pod.NetworkStatusReader.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the PCI functions of networks that come without device-info: by the link in the pod, or,
/// where there is no such link, as the one network left and the one function left. More of either
/// cannot be told apart, for lists of them are in no order that agrees.
final class Matching {
    private final PciDevices functions;
    private final List<String> left;

    private Matching(PciDevices functions) {
        this.functions = functions;
        this.left = new ArrayList<>(functions.ofContainer());
    }

    static List<PodNetwork> match(List<Told> told, PciDevices functions) {
        return new Matching(functions).match(told);
    }

    private List<PodNetwork> match(List<Told> told) {
        Map<Told, NetworkDevice> devices = new LinkedHashMap<>();
        List<Told> open = new ArrayList<>();
        for (Told one : told) {
            Optional<NetworkDevice> device = one.device().or(() -> byLink(one.network()));
            device.ifPresent(found -> devices.put(one, taken(found)));
            if (device.isEmpty() && !one.network().isDefault() && !hasLink(one.network())) {
                open.add(one);
            }
        }
        open.forEach(one -> last(open).ifPresent(device -> devices.put(one, device)));
        return told.stream()
                .map(one -> one.network().with(devices.getOrDefault(one, one.network().device())))
                .toList();
    }

    private NetworkDevice taken(NetworkDevice device) {
        if (device instanceof Pci pci) {
            left.remove(pci.address());
        }
        return device;
    }

    private Optional<NetworkDevice> byLink(PodNetwork network) {
        return network.ifName()
                .flatMap(functions::behind)
                .map(address -> functions.get(address, List.of()));
    }

    private boolean hasLink(PodNetwork network) {
        return network.ifName().filter(functions::isLink).isPresent();
    }

    private Optional<NetworkDevice> last(List<Told> open) {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (left.size() == 1 && open.size() == 1) {
            return Optional.of(functions.get(left.getFirst(), List.of()));
        }
        return Optional.of(
                new Untold(
                        "network-status has no device-info for %s, and the PCIDEVICE variables name %s: which is which nobody tells"
                                .formatted(
                                        String.join(
                                                ", ",
                                                open.stream()
                                                        .map(one -> one.network().title())
                                                        .toList()),
                                        String.join(", ", left))));
    }
}
