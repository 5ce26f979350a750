package io.patchbay.spi.cni;

/// The number of a CNI error. Source: CNI SPEC.md 1.1.0, "Error", and libcni for 8 and 999.
public sealed interface ErrorCode {
    int value();

    /// The numbers that the specification and libcni give a meaning.
    enum Standard implements ErrorCode {
        INCOMPATIBLE_VERSION(1),
        UNSUPPORTED_FIELD(2),
        UNKNOWN_CONTAINER(3),
        INVALID_ENVIRONMENT(4),
        IO_FAILURE(5),
        UNDECODABLE(6),
        INVALID_NETWORK_CONFIG(7),
        INVALID_NETNS(8),
        TRY_AGAIN_LATER(11),
        UNAVAILABLE(50),
        UNAVAILABLE_AND_DEGRADED(51),
        INTERNAL(999);

        private final int value;

        Standard(int value) {
            this.value = value;
        }

        @Override
        public int value() {
            return value;
        }
    }

    /// A plugin's own number, 100 or more, or any number that a foreign plugin gave.
    record Own(int value) implements ErrorCode {}

    /// The standard code of a number, else one of its own.
    static ErrorCode of(int value) {
        for (Standard standard : Standard.values()) {
            if (standard.value == value) {
                return standard;
            }
        }
        return new Own(value);
    }
}
