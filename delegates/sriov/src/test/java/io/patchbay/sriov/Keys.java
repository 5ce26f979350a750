package io.patchbay.sriov;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;

/// Configurations as networks have them, in JSON.
final class Keys {
    private Keys() {}

    static SriovConfig bind(String json) {
        return ConfigBinder.config(
                "network",
                Json.decodeObject("network", json),
                SriovConfig.class,
                UnknownKeys.REFUSED);
    }
}
