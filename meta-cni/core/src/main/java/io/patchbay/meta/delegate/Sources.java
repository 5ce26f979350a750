package io.patchbay.meta.delegate;

import io.patchbay.spi.ipam.AddressSource;
import java.util.Map;

/// The address sources that belong to no delegate.
///
/// @param builtIn by the `type` of an `ipam` section
/// @param foreign runs a binary, for a type that nobody else claims
/// @param port decorates these, and those that delegates offer
public record Sources(
        Map<String, AddressSource<?>> builtIn,
        AddressSource<ForeignConfig> foreign,
        AddressPort port) {
    public Sources {
        builtIn = Map.copyOf(builtIn);
    }
}
