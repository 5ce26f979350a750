package io.patchbay.spi.net;

import java.util.Map;
import java.util.Optional;

/// The settings below /proc/sys as one namespace sees them. Keys are paths, such as
/// `net/ipv4/conf/eth0/rp_filter`, for a link's name may hold dots.
public interface Sysctl {
    /// The value without its line end; empty where this kernel or namespace has no such key.
    Optional<String> find(String key);

    /// Fails with a {@link KernelException}: ENOENT for an unknown key, EINVAL for a bad value.
    void set(String key, String value);

    /// Sets each key to its value, in no order; another namespace is entered but once. One that has
    /// its value need not be written, for the kernel may spin for a lock to take what changes
    /// nothing. Fails as {@link #set(String, String)} does with the first that fails.
    default void set(Map<String, String> values) {
        values.forEach(this::set);
    }
}
