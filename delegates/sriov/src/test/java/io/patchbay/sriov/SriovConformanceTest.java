package io.patchbay.sriov;

import io.patchbay.spi.DelegateProvider;

class SriovConformanceTest extends CardConformance<SriovConfig> {
    @Override
    public DelegateProvider<SriovConfig> provider() {
        return new SriovProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "media", "type": "sriov",
         "vlan": 100, "vlanQoS": 3, "mac": "02:ca:fe:00:00:01", "spoofchk": "off",
         "trust": "on", "max_tx_rate": 200, "mtu": 1400, "ipam": %s}
        """
                .formatted(ipam);
    }
}
