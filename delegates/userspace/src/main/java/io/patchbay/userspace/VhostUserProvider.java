package io.patchbay.userspace;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.util.Optional;

/// The type `vhost-user`.
public final class VhostUserProvider implements DelegateProvider<VhostUserConfig> {
    private static final String TYPE = "vhost-user";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<VhostUserConfig> configType() {
        return VhostUserConfig.class;
    }

    @Override
    public Optional<Class<? extends Record>> settingsType() {
        return Optional.of(WireSettings.class);
    }

    @Override
    public Delegate<VhostUserConfig> create(DelegateContext context) {
        return new WireDelegate<>(context, TYPE);
    }
}
