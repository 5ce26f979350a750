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
        return argsOf("test", more);
    }

    /// Of another process, told from this one's by its role.
    static List<String> argsOf(String role, String... more) {
        List<String> args = new ArrayList<>();
        args.addAll(List.of("--no-huge", "--no-shconf", "--no-telemetry", "--no-pci"));
        args.addAll(List.of("-m", "64", "-l", "0", "--iova-mode", "va", "--log-level", "warning"));
        args.add("--file-prefix=patchbay-" + role + "-" + ProcessHandle.current().pid());
        args.addAll(List.of(more));
        return args;
    }
}
