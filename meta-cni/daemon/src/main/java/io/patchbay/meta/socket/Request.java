package io.patchbay.meta.socket;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/// One call of the plugin binary, not yet decoded: its environment, its stdin, and what came along.
public final class Request {
    private static final int NONE = -1;

    private final Map<String, String> environment;
    private final byte[] stdin;
    private final AtomicInteger descriptor;
    private final Instant deadline;

    /// @param descriptor the pod's namespace as the plugin binary opened it
    public Request(
            Map<String, String> environment,
            byte[] stdin,
            OptionalInt descriptor,
            Instant deadline) {
        this.environment = Map.copyOf(environment);
        this.stdin = stdin.clone();
        this.descriptor = new AtomicInteger(descriptor.orElse(NONE));
        this.deadline = deadline;
    }

    /// The `CNI_*` variables.
    public Map<String, String> environment() {
        return environment;
    }

    public byte[] stdin() {
        return stdin.clone();
    }

    /// Hands the descriptor over: from now on it is the caller's to close, and nobody else is given
    /// it. What nobody takes is closed by whoever made the request.
    public OptionalInt takeDescriptor() {
        int taken = descriptor.getAndSet(NONE);
        return taken == NONE ? OptionalInt.empty() : OptionalInt.of(taken);
    }

    /// When the answer must be on its way.
    public Instant deadline() {
        return deadline;
    }

    public boolean isLate() {
        return !Instant.now().isBefore(deadline);
    }

    /// What a failure after the deadline is told as, for the interrupt may have made it anything.
    public static CniException late(Throwable failure) {
        return new CniException(
                Standard.TRY_AGAIN_LATER, "the request did not end before its deadline", failure);
    }
}
