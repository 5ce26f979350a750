package io.patchbay.userspace;

import io.patchbay.spi.DelegateProvider;

class MemifConformanceTest extends WireConformance<MemifConfig> {
    @Override
    public DelegateProvider<MemifConfig> provider() {
        return new MemifProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "plane", "type": "memif", "role": "master", "id": 7,
         "volume": "data", "ipam": %s}
        """
                .formatted(ipam);
    }
}
