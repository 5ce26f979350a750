package io.patchbay.userspace;

import io.patchbay.spi.DelegateProvider;

class VhostUserConformanceTest extends WireConformance<VhostUserConfig> {
    @Override
    public DelegateProvider<VhostUserConfig> provider() {
        return new VhostUserProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "plane", "type": "vhost-user", "mode": "server",
         "volume": "data", "ipam": %s}
        """
                .formatted(ipam);
    }
}
