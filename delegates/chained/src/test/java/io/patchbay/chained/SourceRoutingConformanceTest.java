package io.patchbay.chained;

import io.patchbay.spi.DelegateProvider;

class SourceRoutingConformanceTest extends ChainConformance<SourceRoutingConfig> {
    @Override
    public DelegateProvider<SourceRoutingConfig> provider() {
        return new SourceRoutingProvider();
    }

    @Override
    String plugin() {
        return "{\"type\": \"sbr\"}";
    }
}
