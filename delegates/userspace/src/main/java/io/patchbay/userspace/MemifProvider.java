package io.patchbay.userspace;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.util.Optional;

/// The type `memif`.
public final class MemifProvider implements DelegateProvider<MemifConfig> {
    private static final String TYPE = "memif";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<MemifConfig> configType() {
        return MemifConfig.class;
    }

    @Override
    public Optional<Class<? extends Record>> settingsType() {
        return Optional.of(WireSettings.class);
    }

    @Override
    public Delegate<MemifConfig> create(DelegateContext context) {
        return new WireDelegate<>(context, TYPE);
    }
}
