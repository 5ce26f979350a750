package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.KernelException;
import java.time.Duration;

/// Tries again what a card is too busy for, some two seconds long, and nothing else: EBUSY and
/// EAGAIN are a card's word for "not now", as many drivers say while they reset a function.
final class Busy {
    private static final int TRIES = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Busy() {}

    static void retry(Runnable change) {
        for (int tried = 1; ; tried++) {
            try {
                change.run();
                return;
            } catch (KernelException e) {
                boolean busy =
                        e.errno() == KernelException.EBUSY || e.errno() == KernelException.EAGAIN;
                if (!busy || tried == TRIES) {
                    throw e;
                }
                pause();
            }
        }
    }

    /// Code 11 where interrupted: the deadline has come.
    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CniException.tryAgain("the card was busy for too long");
        }
    }
}
