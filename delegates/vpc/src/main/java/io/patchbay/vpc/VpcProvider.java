package io.patchbay.vpc;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.util.Optional;

/// The type `vpc`.
public final class VpcProvider implements DelegateProvider<VpcConfig> {
    @Override
    public String type() {
        return "vpc";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<VpcConfig> configType() {
        return VpcConfig.class;
    }

    @Override
    public Optional<Class<? extends Record>> settingsType() {
        return Optional.of(VpcSettings.class);
    }

    @Override
    public Delegate<VpcConfig> create(DelegateContext context) {
        VpcSettings settings = context.settings(VpcSettings.class);
        return VpcNetwork.open(context, settings, System.getenv());
    }
}
