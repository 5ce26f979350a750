package io.patchbay.sriov;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.device.PciAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One queue for each physical function: its driver does badly at two things at once, and several
/// cards work side by side. Source: sriov-cni issues 34 and 213.
final class Queues {
    private final ConcurrentMap<PciAddress, ReentrantLock> queues = new ConcurrentHashMap<>();

    void inTurn(PciAddress physical, Runnable work) {
        PciAddress _ =
                inTurn(
                        physical,
                        () -> {
                            work.run();
                            return physical;
                        });
    }

    /// Code 11 where the deadline comes first.
    <T> T inTurn(PciAddress physical, Supplier<T> work) {
        ReentrantLock queue = queues.computeIfAbsent(physical, _ -> new ReentrantLock(true));
        try {
            queue.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CniException.tryAgain(
                    "%d others wait for physical function %s too, and the deadline came first"
                            .formatted(queue.getQueueLength(), physical));
        }
        try {
            return work.get();
        } finally {
            queue.unlock();
        }
    }
}
