package io.patchbay.meta.deviceplugin;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.machine.PaperMachine;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.kube.Yaml;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Neighbour;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.net.Sysctl;
import io.patchbay.spi.net.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A machine on paper with the links and routes of its host.
final class PaperHost implements Rtnl, Netns {
    static final String PF = "0000:3b:00.0";

    final PaperMachine machine;
    final List<Link> links = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final HandBell linkChanges = new HandBell();

    /// A card `ens1` with four virtual functions at .1 to .4, driven by iavf, on NUMA node 1.
    PaperHost(Path root) {
        machine =
                new PaperMachine(root)
                        .function(PF, "8086:1592", 1)
                        .physical(PF, 8, 4)
                        .networkLink(PF, "ens1", 4);
        for (String virtual : virtual()) {
            machine.bound(virtual, "iavf").write(virtual, "numa_node", "1");
        }
    }

    static List<String> virtual() {
        return List.of("0000:3b:00.1", "0000:3b:00.2", "0000:3b:00.3", "0000:3b:00.4");
    }

    Inventory inventory() {
        return new Inventory(Kernel.pci(machine.root()), new Sysfs(machine.root()), this);
    }

    SortedMap<PciAddress, HostDevice> devices() {
        return inventory().look(new TreeMap<>());
    }

    HostDevice device(String address) {
        return Optional.ofNullable(devices().get(PciAddress.parse(address))).orElseThrow();
    }

    /// Makes the host reach the world by a link that is told to sit on a device.
    void defaultRouteBy(String device) {
        links.add(link(9, "uplink", OptionalInt.empty(), Optional.of(device)));
        routes.add(Route.to(Cidr.any(false)).on(9));
    }

    static Link link(int index, String name, OptionalInt master, Optional<String> device) {
        return new Link(
                index,
                name,
                "",
                true,
                1500,
                0,
                Optional.empty(),
                master,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                "",
                List.of(),
                Optional.empty(),
                device,
                Link.Settings.DEFAULT,
                Link.Bridging.NONE,
                Link.Upper.NONE);
    }

    /// The pools of a resourceList in YAML, which must be right.
    static List<PoolSettings> pools(String yaml) {
        List<String> problems = new ArrayList<>();
        List<PoolSettings> pools = PoolsReader.read(json(yaml), "intel.com", problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return pools;
    }

    static JsonObject json(String yaml) {
        try {
            return JsonObject.read("patchbay.yaml", Yaml.read(yaml).orElseThrow());
        } catch (Yaml.Malformed e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void apply(List<? extends Change> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Link> find(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    @Override
    public Optional<Link> find(int index) {
        return links.stream().filter(link -> link.index() == index).findFirst();
    }

    @Override
    public List<Link> links() {
        return links;
    }

    @Override
    public List<Cidr> addresses(int link) {
        return List.of();
    }

    @Override
    public List<Route> routes(int table) {
        return table == Route.MAIN ? routes : List.of();
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }

    @Override
    public List<Neighbour> neighbours(int link) {
        return List.of();
    }

    @Override
    public String path() {
        return "paper";
    }

    @Override
    public int descriptor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long inode() {
        return 1;
    }

    @Override
    public Rtnl rtnl() {
        return this;
    }

    @Override
    public Nft nft() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Sysctl sysctl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Announcer announcer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Watch watch() {
        return linkChanges;
    }

    @Override
    public <T> T inside(Supplier<T> action) {
        return action.get();
    }
}
