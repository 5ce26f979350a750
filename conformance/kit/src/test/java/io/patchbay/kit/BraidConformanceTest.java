package io.patchbay.kit;

import io.patchbay.kit.cord.BraidConfig;
import io.patchbay.kit.cord.BraidProvider;
import io.patchbay.spi.DelegateProvider;

class BraidConformanceTest extends CordConformance<BraidConfig> {
    @Override
    public DelegateProvider<BraidConfig> provider() {
        return new BraidProvider();
    }
}
