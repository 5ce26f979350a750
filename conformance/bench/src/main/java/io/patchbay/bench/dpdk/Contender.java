package io.patchbay.bench.dpdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A forwarder on CPU 0, and how many packets it forwards.
interface Contender {
    String name();

    /// Forwards for so long. `devices` are words of EAL.
    Result run(int burst, int seconds, List<String> devices)
            throws IOException, InterruptedException;

    /// What was sent by all ports.
    record Result(long packets, double seconds) {
        double rate() {
            return packets / seconds;
        }
    }

    /// Two contenders never run at the same time, nor meet a process that does.
    static List<String> eal(String cores, List<String> devices) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--no-huge",
                                "--no-shconf",
                                "--no-telemetry",
                                "--no-pci",
                                "-m",
                                "256",
                                "-l",
                                cores,
                                "--log-level",
                                "error"));
        words.addAll(devices);
        return words;
    }
}
