package io.patchbay.meta.attach;

import java.time.Duration;

/// How long to wait after a failure: twice as long each time.
public record Backoff(Duration first, Duration longest) {
    public Duration after(Duration last) {
        Duration next = last.multipliedBy(2);
        return next.compareTo(longest) < 0 ? next : longest;
    }
}
