package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.NetworkDevice.KernelLink;
import io.patchbay.dpdk.pod.NetworkDevice.Memif;
import io.patchbay.dpdk.pod.NetworkDevice.Pci;
import io.patchbay.dpdk.pod.NetworkDevice.Untold;
import io.patchbay.dpdk.pod.NetworkDevice.Vdpa;
import io.patchbay.dpdk.pod.NetworkDevice.VhostUser;
import io.patchbay.dpdk.pod.Opening.Open;
import io.patchbay.dpdk.pod.Opening.Shut;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which port of DPDK opens each network of a pod. Virtual devices are numbered in the order of the
/// networks, whichever of them are asked for, so that a network's port keeps its name. Source:
/// DPDK, doc/guides/nics.
final class Openings {
    /// Drivers that leave a function to a process.
    private static final Set<String> USER_SPACE =
            Set.of(PciDevices.VFIO, "uio_pci_generic", "igb_uio");

    /// Drivers of the kernel's that DPDK works beside.
    private static final Set<String> BESIDE = Set.of("mlx4_core", "mlx5_core", "mana");

    private static final Pattern DEVARGS = Pattern.compile("[,\\[\\]()\"]");

    /// Of a socket's address: sun_path.
    private static final int PATH_LENGTH = 107;

    private final Set<PodNetwork> served;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, DpdkPort> ports = new HashMap<>();

    private Openings(Set<PodNetwork> served) {
        this.served = served;
    }

    /// @param served whose vhost-user socket the pod opens as a virtual switch does
    static Map<PodNetwork, Opening> of(List<PodNetwork> networks, Set<PodNetwork> served) {
        Openings openings = new Openings(served);
        Map<PodNetwork, Opening> found = new LinkedHashMap<>();
        networks.forEach(network -> found.put(network, openings.open(network)));
        return found;
    }

    private Opening open(PodNetwork network) {
        return switch (network.device()) {
            case Pci pci -> pci(network, pci);
            case VhostUser socket -> vhostUser(network, socket);
            case Memif memif -> memif(network, memif);
            case Vdpa(_, String driver, String path) when driver.equals("vhost") ->
                    socket(network, path, "net_virtio_user", "path=" + path + mac(network));
            case Vdpa _, KernelLink _ -> link(network);
            case Untold(String why) -> new Shut(why, false);
        };
    }

    private Opening pci(PodNetwork network, Pci pci) {
        if (!isForDpdk(pci)) {
            return link(network);
        }
        return whyShut(pci)
                .<Opening>map(why -> shut(network, why))
                .orElseGet(() -> new Open(DpdkPort.pci(pci.address()), false));
    }

    /// Whether its driver leaves it to DPDK; one that nobody tells counts as if it did.
    static boolean isForDpdk(Pci pci) {
        return pci.driver()
                .filter(driver -> !USER_SPACE.contains(driver) && !BESIDE.contains(driver))
                .isEmpty();
    }

    static Optional<String> whyShut(Pci pci) {
        return pci.vfioNode()
                .filter(_ -> !pci.vfioNodeIsHere())
                .map(node ->
                        "its device %s is opened by %s, which this container does not have: it belongs to another one of the pod, or no device plugin has given it"
                                .formatted(pci.address(), node));
    }

    private Opening vhostUser(PodNetwork network, VhostUser socket) {
        boolean creates = socket.containerCreates();
        return served.contains(network)
                ? socket(
                        network,
                        socket.path(),
                        "net_vhost",
                        "iface=" + socket.path() + (creates ? "" : ",client=1"))
                : socket(
                        network,
                        socket.path(),
                        "net_virtio_user",
                        "path=" + socket.path() + (creates ? ",server=1" : "") + mac(network));
    }

    private Opening memif(PodNetwork network, Memif memif) {
        if (!memif.mode().equals("ethernet")) {
            return shut(
                    network,
                    "its memif carries %s, and DPDK speaks ethernet alone".formatted(memif.mode()));
        }
        return socket(
                network,
                memif.path(),
                "net_memif",
                "role=%s,socket=%s,socket-abstract=no,id=%d%s"
                        .formatted(
                                memif.containerCreates() ? "server" : "client",
                                memif.path(),
                                memif.id(),
                                mac(network)));
    }

    private Opening link(PodNetwork network) {
        return network.ifName()
                .<Opening>map(name -> new Open(vdev("net_af_packet", "iface=" + name), true))
                .orElseGet(() ->
                        new Shut(
                                "network %s has neither a device nor a link in the pod"
                                        .formatted(network.title()),
                                true));
    }

    private Opening socket(PodNetwork network, String path, String driver, String arguments) {
        if (DEVARGS.matcher(path).find()) {
            return shut(
                    network,
                    "its path %s has a character that no argument of DPDK can hold"
                            .formatted(path));
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > PATH_LENGTH) {
            return shut(
                    network,
                    "its path %s has more than the %d octets that a socket's may have"
                            .formatted(path, PATH_LENGTH));
        }
        return new Open(vdev(driver, arguments), false);
    }

    /// One for all that mean the same device: a network with two links has two lines of status.
    private DpdkPort vdev(String driver, String arguments) {
        return ports.computeIfAbsent(
                driver + "," + arguments,
                _ ->
                        DpdkPort.vdev(
                                driver + (numbers.merge(driver, 1, Integer::sum) - 1), arguments));
    }

    private static String mac(PodNetwork network) {
        return network.mac().map(mac -> ",mac=" + mac).orElse("");
    }

    private static Shut shut(PodNetwork network, String why) {
        return new Shut("network %s: %s".formatted(network.title(), why), false);
    }
}
