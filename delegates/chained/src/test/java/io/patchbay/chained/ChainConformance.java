package io.patchbay.chained;

import io.patchbay.bridge.BridgeProvider;
import io.patchbay.kit.DelegateConformance;
import io.patchbay.spi.DelegateProvider;
import java.util.List;

/// The kit's rules for what comes behind a bridge.
abstract class ChainConformance<C extends Record> extends DelegateConformance<C> {
    @Override
    public List<DelegateProvider<?>> before() {
        return List.of(new BridgeProvider());
    }

    /// The plugin behind the bridge.
    abstract String plugin();

    @Override
    public String network(String ipam) {
        return """
        {"cniVersion": "1.1.0", "name": "sig", "plugins": [
         {"type": "bridge", "bridge": "sig0", "isGateway": true, "ipam": %s}, %s]}\
        """
                .formatted(ipam, plugin());
    }
}
