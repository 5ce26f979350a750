package io.patchbay.bridge;

import io.patchbay.kit.DelegateConformance;
import io.patchbay.spi.DelegateProvider;

class PtpConformanceTest extends DelegateConformance<PtpConfig> {
    @Override
    public DelegateProvider<PtpConfig> provider() {
        return new PtpProvider();
    }

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "sig", "type": "ptp", "ipMasq": true, "ipam": %s}\
        """
                .formatted(ipam);
    }
}
