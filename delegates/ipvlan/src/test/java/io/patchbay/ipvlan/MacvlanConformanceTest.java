package io.patchbay.ipvlan;

import io.patchbay.spi.DelegateProvider;

class MacvlanConformanceTest extends UpperLinkConformance<MacvlanConfig> {
    @Override
    public DelegateProvider<MacvlanConfig> provider() {
        return new MacvlanProvider();
    }
}
