package io.patchbay.spi;

import java.util.Optional;

/// How a delegate is found: by {@link java.util.ServiceLoader}. It has a constructor without
/// arguments, and does no I/O.
///
/// @param <C> the record of a network's configuration: its components are the JSON keys (see {@link
///   Key}), its constructor refuses what cannot be with an IllegalArgumentException that names key
///   and value. Absent keys are empty Optionals, empty collections, or zero.
public interface DelegateProvider<C extends Record> {
    /// The CNI `type` it answers to.
    String type();

    /// `return Spi.VERSION;` and nothing else: the compiler inlines it, so that it tells which
    /// version the delegate was built against.
    int spiVersion();

    Class<C> configType();

    /// The record that the delegate's section of patchbay.yaml is bound to; empty where it has no
    /// settings. {@link DelegateContext#settings} gives the delegate what it says, and `patchbay
    /// validate` tells by it beforehand what is wrong with the section.
    default Optional<Class<? extends Record>> settingsType() {
        return Optional.empty();
    }

    /// Called once a process. It may look at the host, but must not change it.
    Delegate<C> create(DelegateContext context);
}
