package io.patchbay.suite.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A version of the CNI specification.
public record SpecVersion(int major, int minor, int patch) implements Comparable<SpecVersion> {
    public static final SpecVersion V0_3_0 = new SpecVersion(0, 3, 0);
    public static final SpecVersion V0_4_0 = new SpecVersion(0, 4, 0);
    public static final SpecVersion V1_0_0 = new SpecVersion(1, 0, 0);
    public static final SpecVersion V1_1_0 = new SpecVersion(1, 1, 0);

    /// Those that exist.
    public static final List<SpecVersion> ALL =
            List.of(
                    new SpecVersion(0, 1, 0),
                    new SpecVersion(0, 2, 0),
                    V0_3_0,
                    new SpecVersion(0, 3, 1),
                    V0_4_0,
                    V1_0_0,
                    V1_1_0);

    private static final Comparator<SpecVersion> ORDER =
            Comparator.comparingInt(SpecVersion::major)
                    .thenComparingInt(SpecVersion::minor)
                    .thenComparingInt(SpecVersion::patch);

    public static Optional<SpecVersion> find(String text) {
        return ALL.stream().filter(version -> version.toString().equals(text)).findFirst();
    }

    public boolean isBefore(SpecVersion other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(SpecVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
