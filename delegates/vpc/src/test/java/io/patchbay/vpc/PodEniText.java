package io.patchbay.vpc;

import io.patchbay.cloud.SimulatedBranch;
import io.patchbay.spi.net.Cidr;

/// The annotation pod-eni as the VPC resource controller writes it.
final class PodEniText {
    private PodEniText() {}

    static String of(SimulatedBranch branch) {
        return "[{\"eniId\":\"%s\",\"ifAddress\":\"%s\",\"privateIp\":\"%s\",\"vlanId\":%d,\"subnetCidr\":\"%s\"}]"
                .formatted(
                        branch.id(),
                        branch.mac(),
                        Cidr.text(branch.primary()),
                        branch.vlan(),
                        branch.subnet().cidr());
    }
}
