package io.patchbay.dpdk;

import java.util.List;

/// A process that starts EAL with each of its arguments, which are words between blanks, until one
/// is taken.
final class Attempts {
    private Attempts() {}

    public static void main(String[] attempts) {
        for (String attempt : attempts) {
            try (Eal eal = Eal.init(List.of(attempt.split(" ", -1)))) {
                System.out.println("\nattempt: " + eal.version());
                return;
            } catch (DpdkException e) {
                System.out.println("\nattempt: " + e.getMessage());
            }
        }
    }
}
