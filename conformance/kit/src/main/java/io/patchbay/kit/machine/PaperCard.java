package io.patchbay.kit.machine;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An SR-IOV card on paper, of two physical functions with seven virtual ones each, whose links are
/// real: each is one end of a veth pair, and the other end stands for its place on the card's
/// switch. The card behaves as Intel's igb does: a link that the physical function gave a MAC
/// address cannot choose another, link states and least rates are refused.
///
/// A link that is in a namespace when that ends does not come back to the host, as a veth does not:
/// its driver has to begin anew.
public final class PaperCard {
    static final String DRIVER = "igbvf";
    private static final int PHYSICAL = 2;
    private static final int VIRTUAL = 7;

    /// Where the indexes of the switch's ends begin, beyond any that a kernel gives by itself.
    private static final int FIRST_PLACE = 1_800_000_000;

    private final PaperMachine machine;
    private final Map<PciAddress, Integer> places = new TreeMap<>();
    private final List<PaperPorts> ports = new ArrayList<>();
    private Optional<Witness> node = Optional.empty();

    /// @param root an empty directory
    public PaperCard(Path root) {
        machine = new PaperMachine(root).driver(DRIVER);
        for (int p = 0; p < PHYSICAL; p++) {
            String physical = physical(p).value();
            ports.add(new PaperPorts(p, VIRTUAL));
            machine.function(physical, "8086:10c9", p + 1)
                    .physical(physical, VIRTUAL, 0)
                    .write(physical, "sriov_numvfs", Integer.toString(VIRTUAL))
                    .bound(physical, "igb");
            place(physical(p));
            for (int v = 0; v < VIRTUAL; v++) {
                String virtual = virtual(p, v).value();
                machine.virtual(physical, v, virtual).bound(virtual, DRIVER);
                place(virtual(p, v));
            }
        }
    }

    /// The PCI address of a physical function, 0 or 1.
    public static PciAddress physical(int p) {
        return PciAddress.parse("0000:01:00." + p);
    }

    /// The PCI address of a virtual function.
    ///
    /// @param p its physical one
    /// @param v 0 to 6
    public static PciAddress virtual(int p, int v) {
        return PciAddress.parse("0000:01:1%d.%d".formatted(p, v));
    }

    private void place(PciAddress function) {
        places.put(function, FIRST_PLACE + places.size());
    }

    public PaperMachine machine() {
        return machine;
    }

    /// Devices that are next to each other are of different physical functions.
    public Hardware hardware() {
        List<DeviceId> devices = new ArrayList<>();
        for (int v = 0; v < VIRTUAL; v++) {
            for (int p = 0; p < PHYSICAL; p++) {
                devices.add(new DeviceId(virtual(p, v).value()));
            }
        }
        return new Hardware(this::in, this::snapshot, devices);
    }

    private Kernel in(Kernel kernel) {
        return new PaperCardKernel(kernel, this);
    }

    /// Puts the card into a node: its links appear.
    public void plug(Witness witness) {
        node = Optional.of(witness);
        places.keySet().forEach(this::appear);
        for (int p = 0; p < PHYSICAL; p++) {
            witness.run("ip", "link", "set", name(physical(p)), "up");
        }
    }

    /// The name that a function's link is born with, such as `card0` and `card0v3`.
    public static String name(PciAddress function) {
        return isPhysical(function)
                ? "card" + last(function)
                : "card%dv%d".formatted(of(function), last(function));
    }

    static boolean isPhysical(PciAddress function) {
        return function.value().contains(":00.");
    }

    /// Which physical function a virtual one is of.
    private static int of(PciAddress virtual) {
        return Character.digit(virtual.value().charAt(virtual.value().length() - 3), 10);
    }

    /// A function's number behind the dot.
    static int last(PciAddress function) {
        return Character.digit(function.value().charAt(function.value().length() - 1), 10);
    }

    void appear(PciAddress function) {
        int place = Optional.ofNullable(places.get(function)).orElseThrow();
        MacAddress mac =
                isPhysical(function)
                        ? new MacAddress(0x0200_0000_0100L + last(function))
                        : ports(function).macAtBirth(last(function));
        node.orElseThrow()
                .run(
                        "sh",
                        "-ec",
                        """
                        ip link add name %1$s index %2$d address %3$s mtu 1500 type veth \
                          peer name %4$s index %5$d
                        for link in %1$s %4$s; do
                          echo 1 > /proc/sys/net/ipv6/conf/$link/disable_ipv6
                        done
                        ip link set %4$s address 02:00:00:00:02:%6$02x
                        """
                                .formatted(
                                        name(function),
                                        place + 1000,
                                        mac,
                                        end(function),
                                        place,
                                        place - FIRST_PLACE));
    }

    /// Takes a function's link away, in whichever namespace it is; the end of that namespace may do
    /// so at any moment.
    void disappear(PciAddress function) {
        String end = end(function);
        node.orElseThrow().run("sh", "-c", "ip link delete " + end + "; ! ip link show " + end);
    }

    private static String end(PciAddress function) {
        return "of" + name(function);
    }

    PaperPorts ports(PciAddress function) {
        return ports.get(isPhysical(function) ? last(function) : of(function));
    }

    /// The function that a link belongs to, wherever the link is.
    Optional<PciAddress> of(Link link) {
        return places.entrySet().stream()
                .filter(entry -> link.kind().equals("veth"))
                .filter(entry -> link.parent().orElse(0) == entry.getValue())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// What the card says of its virtual functions, and what has them.
    private Snapshot snapshot() {
        List<String> functions = new ArrayList<>();
        for (PciAddress function : places.keySet()) {
            functions.add(
                    "%s %s override %s"
                            .formatted(
                                    function,
                                    machine.target(function.value(), "driver"),
                                    machine.read(function.value(), "driver_override")));
        }
        List<String> settings =
                ports.stream().flatMap(port -> port.all().stream()).map(Object::toString).toList();
        return new Snapshot(Map.of("ports", settings, "functions", functions));
    }
}
