package io.patchbay.meta.kube;

/// A thread that works until it is closed, which interrupts it and waits for its end.
final class Loop implements AutoCloseable {
    private final Thread thread;

    /// @param work returns when its thread is interrupted
    Loop(String name, Runnable work) {
        thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
