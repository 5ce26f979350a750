package io.patchbay.ipvlan;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The type `macvlan`.
public final class MacvlanProvider implements DelegateProvider<MacvlanConfig> {
    @Override
    public String type() {
        return "macvlan";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<MacvlanConfig> configType() {
        return MacvlanConfig.class;
    }

    @Override
    public Delegate<MacvlanConfig> create(DelegateContext context) {
        return new UpperLinkDelegate<>(
                new MacvlanLinks(
                        new ParentUses(context.journal("macvlan-uses", ParentUses.Use.class))),
                context.host());
    }
}
