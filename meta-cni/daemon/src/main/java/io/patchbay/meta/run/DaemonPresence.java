package io.patchbay.meta.run;

import io.patchbay.meta.socket.Vigil;
import io.patchbay.spi.cni.CniException;
import java.util.Optional;

/// Whether the daemon is there, for who shows it again and again: it is asked once, and heard of
/// when it ends. For one thread.
final class DaemonPresence implements AutoCloseable {
    private final Operator operator;
    private final Runnable ended;
    private volatile Optional<Vigil> vigil = Optional.empty();

    /// @param ended is run when a daemon that was there is no more
    DaemonPresence(Operator operator, Runnable ended) {
        this.operator = operator;
        this.ended = ended;
    }

    /// Why it is not there, in a sentence; empty where it is.
    Optional<String> away() {
        if (vigil.isEmpty()) {
            try {
                attend(operator.vigil());
            } catch (CniException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private void attend(Vigil begun) {
        vigil = Optional.of(begun);
        Thread.ofPlatform()
                .daemon()
                .name("watch daemon")
                .start(() -> {
                    begun.await();
                    begun.close();
                    vigil = Optional.empty();
                    ended.run();
                });
    }

    @Override
    public void close() {
        vigil.ifPresent(Vigil::close);
    }
}
