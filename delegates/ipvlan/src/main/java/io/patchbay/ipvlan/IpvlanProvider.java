package io.patchbay.ipvlan;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The type `ipvlan`.
public final class IpvlanProvider implements DelegateProvider<IpvlanConfig> {
    @Override
    public String type() {
        return "ipvlan";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<IpvlanConfig> configType() {
        return IpvlanConfig.class;
    }

    @Override
    public Delegate<IpvlanConfig> create(DelegateContext context) {
        return new UpperLinkDelegate<>(
                new IpvlanLinks(
                        new ParentUses(context.journal("ipvlan-modes", ParentUses.Use.class))),
                context.host());
    }
}
