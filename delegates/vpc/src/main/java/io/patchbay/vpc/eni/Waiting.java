package io.patchbay.vpc.eni;

import java.time.Duration;

/// Time that passes, as a port: pauses and back-offs are tested without any.
public interface Waiting {
    /// A clock that only runs forward.
    long nanos();

    void pause(Duration time) throws InterruptedException;

    static Waiting real() {
        return new Waiting() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration time) throws InterruptedException {
                Thread.sleep(time);
            }
        };
    }
}
