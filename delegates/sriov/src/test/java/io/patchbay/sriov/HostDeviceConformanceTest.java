package io.patchbay.sriov;

import io.patchbay.spi.DelegateProvider;

class HostDeviceConformanceTest extends CardConformance<HostDeviceConfig> {
    @Override
    public DelegateProvider<HostDeviceConfig> provider() {
        return new HostDeviceProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "n6", "type": "host-device", "ipam": %s}
        """
                .formatted(ipam);
    }
}
