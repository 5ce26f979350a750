package io.patchbay.ipvlan;

import io.patchbay.spi.DelegateProvider;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;

@Tag("stock-kernel")
class VlanConformanceTest extends UpperLinkConformance<VlanConfig> {
    private final AtomicInteger lastId = new AtomicInteger();

    @Override
    public DelegateProvider<VlanConfig> provider() {
        return new VlanProvider();
    }

    /// Each pod has a VLAN of its own, for there is one link for one VLAN of a parent.
    @Override
    public String network(String ipam) {
        return super.network(ipam)
                .replaceFirst("\\{", "{\"vlanId\": %d, ".formatted(lastId.incrementAndGet()));
    }
}
