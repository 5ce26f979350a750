package io.patchbay.meta.ipam;

import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.delegate.Sources;
import java.time.InstantSource;
import java.util.Map;

/// The address sources that need no delegate.
public final class AddressSources {
    private AddressSources() {}

    /// Host-local and static in process, every other type by exec.
    public static Sources ofThisNode(InstantSource clock, AddressPort port) {
        return new Sources(
                Map.of("host-local", new HostLocal(), "static", new Static()),
                new ForeignIpam(clock),
                port);
    }
}
