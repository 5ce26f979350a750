package io.patchbay.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// What some calls are answered with in the API server's place.
///
/// @param call how their method and path begin
/// @param holds asked for each of them; once it is false they pass
record Refusal(String call, int status, String headers, BooleanSupplier holds) {
    static final Refusal NONE = new Refusal("", 0, "", () -> false);

    static Refusal times(String call, int status, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return new Refusal(call, status, "", () -> left.getAndDecrement() > 0);
    }

    /// As a server that is throttled: who comes back too early is refused again.
    static Refusal until(String call, Duration time) {
        AtomicLong end = new AtomicLong();
        return new Refusal(
                call,
                429,
                "Retry-After: %d\r\n".formatted(time.toSeconds()),
                () -> {
                    end.compareAndSet(0, System.nanoTime() + time.toNanos());
                    return System.nanoTime() < end.get();
                });
    }

    /// Empty where the call passes.
    byte[] answer(String title) {
        if (!title.startsWith(call) || !holds.getAsBoolean()) {
            return new byte[0];
        }
        String body =
                """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d,
                 "message": "told to refuse"}
                """
                        .formatted(status);
        return """
        HTTP/1.1 %d Refused\r
        Content-Type: application/json\r
        Content-Length: %d\r
        %sConnection: close\r
        \r
        %s\
        """
                .formatted(status, body.length(), headers, body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
