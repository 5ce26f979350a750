package io.patchbay.sriov;

import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.IommuGroup;
import io.patchbay.spi.device.PciFunction.Kind;
import io.patchbay.spi.device.PciFunction.NetworkLink;
import io.patchbay.spi.device.PciFunction.Physical;
import io.patchbay.spi.device.PciFunction.Plain;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// Cards that do what is written to them, as the kernel and a driver would.
final class Cards implements Pci {
    private final SortedMap<PciAddress, PciFunction> functions = new TreeMap<>();
    private final SortedSet<String> drivers = new TreeSet<>(List.of("igb", "igbvf", "vfio-pci"));

    /// What was written, in its order.
    final List<PciChange> changes = new CopyOnWriteArrayList<>();

    /// A physical function `0000:BB:00.0` with seven virtual ones at most.
    Cards card(String address, String link, int index) {
        PciAddress place = PciAddress.parse(address);
        functions.put(
                place,
                function(
                        place,
                        Optional.of("igb"),
                        List.of(new NetworkLink(index, link)),
                        new Physical(7, true, new TreeMap<>())));
        return this;
    }

    Cards plain(String address) {
        PciAddress place = PciAddress.parse(address);
        functions.put(place, function(place, Optional.of("virtio-pci"), List.of(), new Plain()));
        return this;
    }

    /// Takes a function from the machine, or its driver from the function, as a hand would.
    void pull(String address) {
        functions.remove(PciAddress.parse(address));
    }

    void become(String address, Optional<String> driver) {
        functions.computeIfPresent(
                PciAddress.parse(address),
                (place, old) -> function(place, driver, List.of(), old.kind()));
    }

    static PciFunction function(
            PciAddress address, Optional<String> driver, List<NetworkLink> links, Kind kind) {
        int group = Integer.parseInt(address.value().substring(5, 7) + address.value().charAt(11));
        return new PciFunction(
                address,
                0x8086,
                kind instanceof Virtual ? 0x10ca : 0x10c9,
                0x020000,
                driver,
                Optional.empty(),
                OptionalInt.of(1),
                Optional.of(new IommuGroup(group, new TreeSet<>())),
                links,
                List.of(),
                Optional.empty(),
                kind);
    }

    @Override
    public List<PciFunction> functions() {
        return List.copyOf(functions.values());
    }

    @Override
    public Optional<PciFunction> find(PciAddress function) {
        return Optional.ofNullable(functions.get(function));
    }

    @Override
    public SortedSet<String> drivers() {
        return drivers;
    }

    @Override
    public void apply(PciChange change) {
        changes.add(change);
        PciFunction before = get(change.function());
        switch (change) {
            case PciChange.SetVirtualFunctions(var physical, int count) ->
                    populate(physical, count);
            case PciChange.SetAutoprobe(var physical, boolean on) -> {
                Physical kind = (Physical) before.kind();
                put(before, new Physical(kind.total(), on, kind.virtual()));
            }
            case PciChange.SetOverride(var address, var driver) ->
                    functions.put(address, bound(before, before.driver(), driver));
            case PciChange.Unbind(var address) ->
                    functions.put(address, bound(before, Optional.empty(), before.override()));
            case PciChange.Probe(var address) ->
                    functions.put(address, bound(before, before.override(), before.override()));
        }
    }

    private void populate(PciAddress physical, int count) {
        PciFunction before = get(physical);
        Physical kind = (Physical) before.kind();
        if (count != 0 && !kind.virtual().isEmpty()) {
            throw new KernelException("write sriov_numvfs", KernelException.EBUSY, "EBUSY");
        }
        for (PciAddress gone : kind.virtual().values()) {
            functions.remove(gone);
        }
        SortedMap<Integer, PciAddress> virtual = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            PciAddress address = PciAddress.parse(physical.value().replace(":00.0", ":10." + i));
            virtual.put(i, address);
            Optional<String> driver = kind.autoprobe() ? Optional.of("igbvf") : Optional.empty();
            List<NetworkLink> links = new ArrayList<>();
            if (driver.isPresent()) {
                links.add(new NetworkLink(100 + i, "vf" + i));
            }
            functions.put(address, function(address, driver, links, new Virtual(physical, i)));
        }
        put(before, new Physical(kind.total(), kind.autoprobe(), virtual));
    }

    private void put(PciFunction before, Kind kind) {
        functions.put(
                before.address(),
                function(before.address(), before.driver(), before.links(), kind));
    }

    private static PciFunction bound(
            PciFunction before, Optional<String> driver, Optional<String> override) {
        return new PciFunction(
                before.address(),
                before.vendor(),
                before.device(),
                before.code(),
                driver,
                override,
                before.numaNode(),
                before.iommuGroup(),
                List.of(),
                before.rdma(),
                before.vfioNode(),
                before.kind());
    }

    @Override
    public Watch watch() {
        throw new UnsupportedOperationException("these cards are looked at by hand");
    }
}
