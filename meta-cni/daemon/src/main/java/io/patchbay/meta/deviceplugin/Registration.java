package io.patchbay.meta.deviceplugin;

import io.patchbay.meta.attach.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a pool stands with the kubelet.
///
/// @param kubelet the identity of the one that took it
/// @param complaint why the last try failed
/// @param next the earliest time of another try
record Registration(
        Optional<String> kubelet, Optional<String> complaint, Instant next, Duration pause) {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    static final Registration NONE =
            new Registration(Optional.empty(), Optional.empty(), Instant.MIN, BACKOFF.first());

    static Registration taken(String kubelet) {
        return new Registration(
                Optional.of(kubelet), Optional.empty(), Instant.MIN, BACKOFF.first());
    }

    Registration refused(String words, Instant now) {
        return new Registration(
                Optional.empty(), Optional.of(words), now.plus(pause), BACKOFF.after(pause));
    }

    /// @param present the identity of the kubelet that is there
    boolean isDue(String present, Instant now) {
        return !kubelet.equals(Optional.of(present)) && !now.isBefore(next);
    }

    /// Whether a failure has been told already.
    boolean isOld(String words) {
        return complaint.equals(Optional.of(words));
    }
}
