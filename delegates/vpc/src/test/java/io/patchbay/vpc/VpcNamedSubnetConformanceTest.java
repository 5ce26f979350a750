package io.patchbay.vpc;

/// Pods of two addresses each, in the subnet and security groups that their network names. An
/// ENIConfig names them too, so that their interface is there before the first pod and after the
/// last.
class VpcNamedSubnetConformanceTest extends VpcCustomNetworkingConformanceTest {
    @Override
    int count() {
        return 2;
    }

    @Override
    public String network(String ipam) {
        return "{\"cniVersion\": \"1.1.0\", \"name\": \"pods\", \"type\": \"vpc\", \"subnet\": \"%s\", \"securityGroups\": [\"%s\"], \"count\": %d}"
                .formatted(subnet(), GROUP, count());
    }
}
