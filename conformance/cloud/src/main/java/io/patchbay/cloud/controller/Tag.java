package io.patchbay.cloud.controller;

import java.util.HashMap;
import java.util.Map;

/// The tags by which the controller knows its interfaces again. The first three are Amazon's.
final class Tag {
    static final String TRUNK = "vpcresources.k8s.aws/trunk-eni-id";
    static final String VLAN = "vpcresources.k8s.aws/vlan-id";
    static final String INSTANCE = "node.k8s.amazonaws.com/instance_id";

    /// Under which a creation was asked for, so that one whose answer was lost is found.
    static final String ORDER = "patchbay.io/order";

    private static final Map<String, String> OWNER =
            Map.of("eks:eni:owner", "eks-vpc-resource-controller");

    private Tag() {}

    static Map<String, String> ofTrunk(String order, String instance) {
        return with(Map.of(ORDER, order, INSTANCE, instance));
    }

    static Map<String, String> ofBranch(Branch branch) {
        return with(
                Map.of(
                        ORDER, branch.order(),
                        TRUNK, branch.trunk(),
                        VLAN, Integer.toString(branch.vlan())));
    }

    private static Map<String, String> with(Map<String, String> tags) {
        Map<String, String> all = new HashMap<>(OWNER);
        all.putAll(tags);
        return all;
    }
}
