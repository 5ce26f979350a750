package io.patchbay.meta.kube;

import java.time.Duration;

/// Something that is done after a while, unless it is closed before.
record Alarm(Thread thread) implements AutoCloseable {
    static Alarm after(Duration delay, Runnable action) {
        return new Alarm(
                Thread.ofPlatform()
                        .daemon()
                        .name("patchbay-alarm")
                        .start(() -> {
                            try {
                                Thread.sleep(delay);
                                action.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
