package io.patchbay.kernel.announce;

import io.patchbay.kernel.libc.Syscalls;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Closes packet sockets behind the caller's back: the kernel waits for its readers meanwhile, some
/// 5 to 20 ms (packet_release in net/packet/af_packet.c), and an ADD need not.
final class LateClose {
    private static final ExecutorService THREAD =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("patchbay-close").daemon().factory());

    private LateClose() {}

    static void close(int descriptor) {
        THREAD.execute(() -> Syscalls.close(descriptor));
    }
}
