package io.patchbay.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What a pod is attached by: so many interfaces, all of a kind.
record Course(Kind kind, int interfaces) {
    /// Interfaces of a pod.
    static final int MOST = 4;

    /// Every kind, with one interface and with the most.
    static List<Course> all() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Stream.of(new Course(kind, 1), new Course(kind, MOST)))
                .toList();
    }

    /// The name of its pod.
    String pod() {
        return kind.type() + "-" + interfaces;
    }
}
