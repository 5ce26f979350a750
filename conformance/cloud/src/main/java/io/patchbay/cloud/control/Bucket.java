package io.patchbay.cloud.control;

/// How often an action may be called: so many calls at once, and so many more in each second.
/// Source: EC2 developer guide, "Request throttling".
public record Bucket(int capacity, double perSecond) {
    public Bucket {
        if (capacity < 1 || perSecond < 0) {
            throw new IllegalArgumentException(
                    "a bucket of %d with %s a second lets no call through: write capacity >= 1, perSecond >= 0"
                            .formatted(capacity, perSecond));
        }
    }
}
