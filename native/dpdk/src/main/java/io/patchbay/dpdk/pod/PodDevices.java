package io.patchbay.dpdk.pod;

import io.patchbay.dpdk.pod.Mounts.Mount;
import io.patchbay.dpdk.pod.NetworkDevice.Pci;
import io.patchbay.dpdk.pod.Opening.Open;
import io.patchbay.dpdk.pod.Opening.Shut;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a container has to work with: networks and their devices, CPUs, and hugepages, as they are
/// when it is read. Every refusal is a {@link PodException}.
public final class PodDevices {
    private final PodPlaces places;
    private final PciDevices functions;
    private final PodNetworks networks;
    private final PodCpus cpus;
    private final List<Hugepages> hugepages;
    private final Map<PodNetwork, Opening> openings;

    private PodDevices(
            PodPlaces places,
            PciDevices functions,
            PodNetworks networks,
            PodCpus cpus,
            List<Hugepages> hugepages,
            Set<PodNetwork> served) {
        this.places = places;
        this.functions = functions;
        this.networks = networks;
        this.cpus = cpus;
        this.hugepages = hugepages;
        this.openings = Openings.of(networks.all(), served);
    }

    /// Of the container that this process is in.
    public static PodDevices read() {
        return read(PodPlaces.ofThisProcess());
    }

    public static PodDevices read(PodPlaces places) {
        PciDevices functions = new PciDevices(places, ResourceReader.read(places.environment()));
        List<Mount> mounts = Mounts.read(places);
        return new PodDevices(
                places,
                functions,
                PodNetworks.read(places, functions),
                CpuReader.read(places, mounts),
                HugepageReader.read(places, mounts),
                Set.of());
    }

    /// The same, with the vhost-user sockets of some networks opened as a virtual switch does it,
    /// by net_vhost, and not as its guest does, by net_virtio_user.
    public PodDevices serving(Collection<String> names) {
        Set<PodNetwork> served = names.stream().map(networks::get).collect(Collectors.toSet());
        return new PodDevices(places, functions, networks, cpus, hugepages, served);
    }

    /// In the order of network-status; none where the container is not told of any.
    public List<PodNetwork> networks() {
        return networks.all();
    }

    /// A network by its name, by its interface, or by its name without the namespace.
    public PodNetwork network(String name) {
        return networks.get(name);
    }

    /// The devices of this container by the resources that it asked for.
    public List<PodResource> resources() {
        return functions.resources();
    }

    public PodCpus cpus() {
        return cpus;
    }

    /// By size, the largest first.
    public List<Hugepages> hugepages() {
        return hugepages;
    }

    /// How DPDK opens a network; a link of the kernel's by net_af_packet. A virtual device that
    /// waits for its other end (`server=1`) is better added once DPDK runs, as `hotplugAdd` takes
    /// it.
    public DpdkPort port(String network) {
        return port(networks.get(network));
    }

    private DpdkPort port(PodNetwork network) {
        return switch (Objects.requireNonNull(openings.get(network))) {
            case Open(DpdkPort port, _) -> port;
            case Shut(String why, _) -> throw new PodException(why);
        };
    }

    Optional<DpdkPort> findPort(PodNetwork network) {
        return openings.get(network) instanceof Open(DpdkPort port, _)
                ? Optional.of(port)
                : Optional.empty();
    }

    /// The name that the port of a network has in DPDK.
    public String portName(String network) {
        return port(network).name();
    }

    /// The arguments that start DPDK with all that this container has: the networks that have a
    /// device, and the PCI functions that belong to no network. What is left out stands in {@link
    /// #remarks()}.
    public List<String> ealArguments() {
        SequencedSet<DpdkPort> ports = new LinkedHashSet<>();
        for (Opening opening : openings.values()) {
            if (opening instanceof Open(DpdkPort port, boolean isLink) && !isLink) {
                ports.add(port);
            }
        }
        for (Pci pci : unclaimed()) {
            if (Openings.isForDpdk(pci) && Openings.whyShut(pci).isEmpty()) {
                ports.add(DpdkPort.pci(pci.address()));
            }
        }
        return line(ports);
    }

    /// The arguments that start DPDK with some networks and nothing else; links of the kernel's
    /// come as net_af_packet.
    public List<String> ealArguments(Collection<String> names) {
        Set<PodNetwork> asked = names.stream().map(networks::get).collect(Collectors.toSet());
        SequencedSet<DpdkPort> ports = new LinkedHashSet<>();
        networks.all().stream().filter(asked::contains).forEach(one -> ports.add(port(one)));
        return line(ports);
    }

    private List<String> line(SequencedSet<DpdkPort> ports) {
        Set<Integer> near = new TreeSet<>();
        ports.stream()
                .filter(DpdkPort::isPci)
                .map(port -> functions.get(port.name(), List.of()).numaNode())
                .forEach(node -> node.ifPresent(near::add));
        return new EalLine(cpus, hugepages, near, places.environment()).of(List.copyOf(ports));
    }

    /// The container's PCI functions that no network claims.
    private List<Pci> unclaimed() {
        return functions.ofContainer().stream()
                .filter(address ->
                        networks.all().stream()
                                .noneMatch(network ->
                                        network.device() instanceof Pci pci
                                                && pci.address().equals(address)))
                .map(address -> functions.get(address, List.of()))
                .toList();
    }

    /// What {@link #ealArguments()} leaves out or cannot tell, and why: a sentence each.
    public List<String> remarks() {
        SequencedSet<String> remarks = new LinkedHashSet<>();
        for (Opening opening : openings.values()) {
            if (opening instanceof Shut(String why, boolean isLink) && !isLink) {
                remarks.add(why);
            }
        }
        for (Pci pci : unclaimed()) {
            if (!Openings.isForDpdk(pci)) {
                remarks.add(
                        "no network claims device %s, and its driver %s does not leave it to DPDK"
                                .formatted(pci.address(), pci.driver().orElse("")));
            } else {
                Openings.whyShut(pci).ifPresent(remarks::add);
            }
        }
        if (hugepages.stream().noneMatch(Hugepages::isUsable)) {
            remarks.add("no hugepages are mounted, free and allowed: DPDK does without");
        }
        return new ArrayList<>(remarks);
    }
}
