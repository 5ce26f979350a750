package io.patchbay.spi;

/// A network's name and its configuration for one delegate.
public record NetworkConfig<C extends Record>(String network, C config) {}
