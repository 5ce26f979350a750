package io.patchbay.bridge;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The type `bridge`.
public final class BridgeProvider implements DelegateProvider<BridgeConfig> {
    @Override
    public String type() {
        return "bridge";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<BridgeConfig> configType() {
        return BridgeConfig.class;
    }

    @Override
    public Delegate<BridgeConfig> create(DelegateContext context) {
        return new BridgeDelegate(
                new HostBridge(new MadeBridges(context.journal("bridges", MadeBridges.Note.class))),
                new Masquerade(
                        context.journal("masquerade", PodSets.Note.class), "patchbay_masquerade"),
                new SpoofCheck(context.journal("macspoof", PodSets.Note.class)),
                context.host());
    }
}
