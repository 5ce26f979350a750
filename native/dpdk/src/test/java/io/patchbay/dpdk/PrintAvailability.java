package io.patchbay.dpdk;

import java.util.List;

/// A process that says what it makes of DPDK, and what comes of starting it all the same.
final class PrintAvailability {
    private PrintAvailability() {}

    public static void main(String[] args) {
        System.out.println("is " + Dpdk.availability());
        if (Dpdk.availability() instanceof Availability.Off) {
            try {
                Eal.init(List.of());
            } catch (DpdkException e) {
                System.out.println("errno " + e.errno());
            }
        }
    }
}
