package io.patchbay.dpdk;

import java.util.ArrayList;
import java.util.List;

/// An EAL without hugepages, hardware or anything shared with other processes.
final class TestEal {
    private TestEal() {}

    static boolean isAvailable() {
        return Dpdk.availability() instanceof Availability.Available;
    }

    static Eal start(String... more) {
        return Eal.init(args(more));
    }

    static List<String> args(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--no-huge",
                                "--no-shconf",
                                "--no-telemetry",
                                "--no-pci",
                                "-m",
                                "64",
                                "-l",
                                "0",
                                "--log-level",
                                "warning",
                                "--file-prefix",
                                "patchbay-" + ProcessHandle.current().pid()));
        args.addAll(List.of(more));
        return args;
    }
}
