package io.patchbay.kit.fault;

import io.patchbay.kernel.OpenNetns;

/// An opened namespace whose calls pass the {@link Faults}; closing it never fails.
final class FaultyOpenNetns extends FaultyNetns implements OpenNetns {
    private final OpenNetns netns;

    FaultyOpenNetns(OpenNetns netns, Faults faults) {
        super(netns, faults);
        this.netns = netns;
    }

    @Override
    public void close() {
        netns.close();
    }
}
