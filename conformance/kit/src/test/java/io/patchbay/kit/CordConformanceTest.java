package io.patchbay.kit;

import io.patchbay.kit.cord.CordConfig;
import io.patchbay.kit.cord.CordProvider;
import io.patchbay.spi.DelegateProvider;

class CordConformanceTest extends CordConformance<CordConfig> {
    @Override
    public DelegateProvider<CordConfig> provider() {
        return new CordProvider<>();
    }
}
