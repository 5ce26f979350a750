package io.patchbay.sriov;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The type `host-device`.
public final class HostDeviceProvider implements DelegateProvider<HostDeviceConfig> {
    @Override
    public String type() {
        return "host-device";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<HostDeviceConfig> configType() {
        return HostDeviceConfig.class;
    }

    @Override
    public Delegate<HostDeviceConfig> create(DelegateContext context) {
        Loans loans = new Loans(context.journal("loans", Loan.class));
        return new HostDeviceDelegate(context, loans, new VirtualFunctions(context.pci()));
    }
}
