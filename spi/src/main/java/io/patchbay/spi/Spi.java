package io.patchbay.spi;

/// The version of this contract. Within a number only default methods and new records are added.
public final class Spi {
    public static final int VERSION = 1;

    private Spi() {}
}
