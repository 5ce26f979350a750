package io.patchbay.meta.socket;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/// One call of the plugin binary, not yet decoded: its environment, its stdin, and what came along.
public final class Request {
    private static final int NONE = -1;

    private final Map<String, String> environment;
    private final byte[] stdin;
    private final AtomicInteger descriptor;
    private final Instant deadline;
    private volatile boolean abandoned;
    private volatile boolean lasting;

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

    /// Has its connection stay open behind the answer, until this process ends or the other end
    /// closes it.
    public void last() {
        lasting = true;
    }

    boolean isLasting() {
        return lasting;
    }

    /// Notes that nobody waits for the answer any more.
    void abandon() {
        abandoned = true;
    }

    /// What a failure is told as that came of the request's end, for the interrupt may have made it
    /// anything; empty where it is told as it is.
    public Optional<CniException> ended(Throwable failure) {
        if (abandoned) {
            return Optional.of(tryAgain("its runtime has gone away", failure));
        }
        if (Instant.now().isBefore(deadline) || failure instanceof CniException) {
            return Optional.empty();
        }
        return Optional.of(tryAgain("the request did not end before its deadline", failure));
    }

    private static CniException tryAgain(String sentence, Throwable failure) {
        return new CniException(Standard.TRY_AGAIN_LATER, sentence, failure);
    }
}
