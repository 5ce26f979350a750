package io.patchbay.chained;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The type `sbr`.
public final class SourceRoutingProvider implements DelegateProvider<SourceRoutingConfig> {
    @Override
    public String type() {
        return "sbr";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<SourceRoutingConfig> configType() {
        return SourceRoutingConfig.class;
    }

    @Override
    public Delegate<SourceRoutingConfig> create(DelegateContext context) {
        return new SourceRoutingDelegate(new Book<>(context.journal("branches", Branches.class)));
    }
}
