package io.patchbay.ipvlan;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The type `vlan`.
public final class VlanProvider implements DelegateProvider<VlanConfig> {
    @Override
    public String type() {
        return "vlan";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<VlanConfig> configType() {
        return VlanConfig.class;
    }

    @Override
    public Delegate<VlanConfig> create(DelegateContext context) {
        return new UpperLinkDelegate<>(new VlanLinks(), context.host());
    }
}
