package io.patchbay.vpc;

import io.patchbay.cloud.SimulatedBranch;
import io.patchbay.spi.net.Cidr;

/// The annotation pod-eni as the VPC resource controller writes it.
public final class PodEniText {
    private PodEniText() {}

    public static String of(SimulatedBranch branch) {
        return "[{\"eniId\":\"%s\",\"ifAddress\":\"%s\",\"privateIp\":\"%s\",\"vlanId\":%d,\"subnetCidr\":\"%s\"%s}]"
                .formatted(
                        branch.id(),
                        branch.mac(),
                        Cidr.text(branch.primary()),
                        branch.vlan(),
                        branch.subnet().cidr(),
                        branch.primary6()
                                .map(own ->
                                        ",\"ipv6Addr\":\"%s\",\"subnetV6Cidr\":\"%s\""
                                                .formatted(
                                                        Cidr.text(own),
                                                        branch.subnet().cidr6().orElseThrow()))
                                .orElse(""));
    }
}
