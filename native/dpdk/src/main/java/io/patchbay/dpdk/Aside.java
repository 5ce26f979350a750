package io.patchbay.dpdk;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/// A throw-away platform thread, for calls that leave marks on the thread that makes them.
final class Aside {
    private Aside() {}

    static int call(IntSupplier action) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("dpdk-aside")
                .start(() -> {
                    try {
                        result.complete(action.getAsInt());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                });
        return result.join();
    }
}
