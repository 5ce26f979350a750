package io.patchbay.vpc;

import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pods in the subnet and security groups of an ENIConfig.
class VpcCustomNetworkingConformanceTest extends VpcConformance {
    static final String GROUP = "sg-00000000000000001";

    /// Of each pod.
    int count() {
        return 1;
    }

    String subnet() {
        return vpc().subnets().getLast().id();
    }

    @Override
    String keys() {
        return "\"customNetworking\": {\"enabled\": true}, \"pool\": {\"minimumAddresses\": %d, \"maxInterfaces\": 2}"
                .formatted(count() * SECONDARIES);
    }

    @Override
    void furnish(NodeRig node, String name) {
        EniConfig config = new EniConfig(Optional.of(subnet()), List.of(GROUP));
        Creation creation = Creation.in(subnet(), Order.addresses(count() * SECONDARIES));
        String eni = vpc().attach(name, creation.inGroups(GROUP)).id();
        vpc().tag(eni, Map.of(Identity.CONFIG, config.key()));
        node.cluster()
                .object(
                        EniConfigSpec.KIND,
                        "default",
                        "{\"subnet\": \"%s\", \"securityGroups\": [\"%s\"]}"
                                .formatted(subnet(), GROUP));
    }
}
