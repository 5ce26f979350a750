package io.patchbay.kernel.pci;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.TextFile;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.kernel.watch.NetlinkWatch;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciChange;
import io.patchbay.spi.device.PciChange.Probe;
import io.patchbay.spi.device.PciChange.SetAutoprobe;
import io.patchbay.spi.device.PciChange.SetOverride;
import io.patchbay.spi.device.PciChange.SetVirtualFunctions;
import io.patchbay.spi.device.PciChange.Unbind;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.net.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// PCI functions by the files of sysfs below a root.
public final class SysfsPci implements Pci {
    private final Path sys;

    public SysfsPci(Path root) {
        this.sys = root.resolve("sys");
    }

    private Path bus() {
        return sys.resolve("bus/pci");
    }

    @Override
    public List<PciFunction> functions() {
        return Sysfs.names(bus().resolve("devices")).stream()
                .filter(PciAddress::isOne)
                .map(PciAddress::parse)
                .flatMap(address -> find(address).stream())
                .toList();
    }

    @Override
    public Optional<PciFunction> find(PciAddress function) {
        return new FunctionReader(sys, function).read();
    }

    @Override
    public SortedSet<String> drivers() {
        return new TreeSet<>(Sysfs.names(bus().resolve("drivers")));
    }

    @Override
    public void apply(PciChange change) {
        Path function = bus().resolve("devices").resolve(change.function().value());
        switch (change) {
            case SetVirtualFunctions set ->
                    write(function.resolve("sriov_numvfs"), Integer.toString(set.count()));
            case SetAutoprobe set ->
                    write(function.resolve("sriov_drivers_autoprobe"), set.on() ? "1" : "0");
            // A write of no octets never reaches the kernel: a line end alone lifts it.
            case SetOverride set ->
                    write(function.resolve("driver_override"), set.driver().orElse("") + "\n");
            case Unbind unbind ->
                    write(function.resolve("driver/unbind"), unbind.function().value());
            case Probe probe -> write(bus().resolve("drivers_probe"), probe.function().value());
        }
    }

    @Override
    public Watch watch() {
        try (NamespaceFile home = NamespaceFile.home()) {
            return NetlinkWatch.ofPci(home);
        }
    }

    /// A write lasts as long as the driver takes, and no signal of Java's ends it: vfio holds an
    /// unbind for as long as somebody has the function open. Hence a thread that is left behind.
    private static void write(Path file, String value) {
        String operation = "write \"%s\" to %s".formatted(value.strip(), file);
        FutureTask<Boolean> writing =
                new FutureTask<>(() -> TextFile.write(operation, file.toString(), value));
        var _ = Thread.ofPlatform().name("write-" + file.getFileName()).daemon().start(writing);
        try {
            boolean _ = writing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errno.exception(operation, Errno.EINTR, "the kernel still works on it");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refusal
                    ? refusal
                    : new IllegalStateException(operation, e.getCause());
        }
    }
}
