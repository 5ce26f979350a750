package io.patchbay.e2e.fault;

import io.patchbay.kernel.Kernel;
import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.fault.Faults;
import io.patchbay.kit.fault.FaultyDeviceFiles;
import io.patchbay.kit.fault.FaultyKernel;
import io.patchbay.kit.fault.FaultySource;
import io.patchbay.kit.fault.FaultyStorage;
import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.run.Daemon;
import io.patchbay.meta.run.Ports;
import io.patchbay.meta.run.Settings;
import io.patchbay.meta.run.SettingsFile;
import io.patchbay.spi.ipam.AddressSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The daemon with every port decorated. Its calls are counted from when it is ready: the fault in
/// PATCHBAY_FAULT comes about at one of them, and on SIGTERM they are written to the file in
/// PATCHBAY_FAULT_CALLS, a line each.
public final class FaultDaemon {
    /// What it prints once it counts.
    public static final String ARMED = "counting calls";

    private FaultDaemon() {}

    /// Takes the arguments of the daemon: `daemon --config FILE`.
    public static void main(String[] arguments) throws InterruptedException {
        Settings settings = SettingsFile.read(Optional.of(Path.of(arguments[2])), System.getenv());
        Faults faults = new Faults();
        Daemon daemon =
                Daemon.start(
                        settings,
                        new Ports(
                                new FaultyKernel(Kernel.ofThisMachine(), faults),
                                new FaultyStorage(new DurableFiles(settings.state()), faults),
                                addresses(faults),
                                new FaultyDeviceFiles(DeviceFiles.ofThisMachine(), faults)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(faults, daemon)));
        faults.arm(Fault.parse(System.getenv().getOrDefault("PATCHBAY_FAULT", "none")));
        System.out.println(ARMED);
        new CountDownLatch(1).await();
    }

    private static AddressPort addresses(Faults faults) {
        return new AddressPort() {
            @Override
            public <S extends Record> AddressSource<S> decorate(AddressSource<S> source) {
                return new FaultySource<>(source, faults);
            }
        };
    }

    private static void end(Faults faults, Daemon daemon) {
        try {
            Files.write(Path.of(System.getenv("PATCHBAY_FAULT_CALLS")), faults.calls());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon.close();
    }
}
