package io.patchbay.spi;

/// The version of this contract. Within a number only new records and methods are added: where
/// delegates implement an interface, default ones.
public final class Spi {
    public static final int VERSION = 1;

    private Spi() {}
}
