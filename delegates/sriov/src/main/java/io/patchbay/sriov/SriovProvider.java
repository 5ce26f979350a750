package io.patchbay.sriov;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.util.Optional;

/// The type `sriov`.
public final class SriovProvider implements DelegateProvider<SriovConfig> {
    @Override
    public String type() {
        return "sriov";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<SriovConfig> configType() {
        return SriovConfig.class;
    }

    @Override
    public Optional<Class<? extends Record>> settingsType() {
        return Optional.of(SriovSettings.class);
    }

    @Override
    public Delegate<SriovConfig> create(DelegateContext context) {
        Loans loans = new Loans(context.journal("loans", Loan.class));
        return new SriovDelegate(context, loans, new VirtualFunctions(context.pci()));
    }
}
