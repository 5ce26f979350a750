package io.patchbay.userspace;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;

/// Configurations as networks have them, in JSON.
final class Keys {
    private Keys() {}

    static <C extends Record> C bind(Class<C> type, String json) {
        return ConfigBinder.config(
                "network", Json.decodeObject("network", json), type, UnknownKeys.REFUSED);
    }
}
