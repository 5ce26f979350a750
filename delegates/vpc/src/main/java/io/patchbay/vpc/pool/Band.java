package io.patchbay.vpc.pool;

/// Between how few and how many free addresses nothing is done. The gap between the marks is what
/// keeps growing and shrinking from undoing each other: a growth overshoots by less than a block,
/// and shrinking begins only beyond that and stops where a growth would have stopped.
///
/// @param low there is growth below it
/// @param fill growth goes up to it, and shrinking never below
/// @param high there is shrinking above it
/// @param whole whether interfaces are filled and given back as a whole
record Band(int low, int fill, int high, boolean whole) {
    Band {
        if (low > fill || fill > high) {
            throw new IllegalArgumentException(
                    "%d, %d and %d are no marks one above the other".formatted(low, fill, high));
        }
    }

    /// No more is kept than further pods may come.
    Band upTo(int pods) {
        return new Band(Math.min(low, pods), Math.min(fill, pods), high, whole);
    }
}
