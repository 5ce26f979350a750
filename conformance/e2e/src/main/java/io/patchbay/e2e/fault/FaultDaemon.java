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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The daemon with every port decorated. A line of its input is a fault, which comes about at one
/// of the calls from then on, or asks for those: they are written to the file in
/// PATCHBAY_FAULT_CALLS, a line each.
public final class FaultDaemon {
    /// What it prints, before the fault, once it counts.
    static final String ARMED = "counting calls, fault: ";

    /// What asks for the calls.
    static final String ASKED = "calls";

    /// What it prints once they are written.
    static final String WRITTEN = "calls are written";

    private FaultDaemon() {}

    /// Takes the arguments of the daemon: `daemon --config FILE`.
    public static void main(String[] arguments) throws InterruptedException, IOException {
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
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
        obey(faults, new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new CountDownLatch(1).await();
    }

    private static void obey(Faults faults, Reader input) throws IOException {
        BufferedReader lines = new BufferedReader(input);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(ASKED)) {
                Files.write(Path.of(System.getenv("PATCHBAY_FAULT_CALLS")), faults.calls());
                System.out.println(WRITTEN);
            } else {
                faults.arm(Fault.parse(line));
                System.out.println(ARMED + line);
            }
        }
    }

    private static AddressPort addresses(Faults faults) {
        return new AddressPort() {
            @Override
            public <S extends Record> AddressSource<S> decorate(AddressSource<S> source) {
                return new FaultySource<>(source, faults);
            }
        };
    }
}
