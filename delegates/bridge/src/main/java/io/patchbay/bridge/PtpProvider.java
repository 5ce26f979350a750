package io.patchbay.bridge;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The type `ptp`.
public final class PtpProvider implements DelegateProvider<PtpConfig> {
    @Override
    public String type() {
        return "ptp";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<PtpConfig> configType() {
        return PtpConfig.class;
    }

    @Override
    public Delegate<PtpConfig> create(DelegateContext context) {
        return new PtpDelegate(
                new Masquerade(
                        context.journal("masquerade", PodSets.Note.class),
                        "patchbay_ptp_masquerade"),
                context.host());
    }
}
