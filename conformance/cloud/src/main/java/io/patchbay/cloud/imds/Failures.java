package io.patchbay.cloud.imds;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// What the service is told to answer instead of the truth.
final class Failures {
    private record Failure(String path, int status, int left) {}

    private final List<Failure> failures = new ArrayList<>();

    synchronized void add(String path, int status, int times) {
        failures.add(new Failure(path, status, times));
    }

    synchronized void clear() {
        failures.clear();
    }

    /// The status that a request is to get, the earliest first; it counts.
    synchronized OptionalInt next(String path) {
        for (int i = 0; i < failures.size(); i++) {
            Failure failure = failures.get(i);
            if (path.startsWith(failure.path())) {
                if (failure.left() == 1) {
                    failures.remove(i);
                } else {
                    failures.set(
                            i, new Failure(failure.path(), failure.status(), failure.left() - 1));
                }
                return OptionalInt.of(failure.status());
            }
        }
        return OptionalInt.empty();
    }
}
