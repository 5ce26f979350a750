package io.patchbay.ipvlan;

import io.patchbay.spi.DelegateProvider;
import org.junit.jupiter.api.Tag;

@Tag("stock-kernel")
class IpvlanConformanceTest extends UpperLinkConformance<IpvlanConfig> {
    @Override
    public DelegateProvider<IpvlanConfig> provider() {
        return new IpvlanProvider();
    }
}
