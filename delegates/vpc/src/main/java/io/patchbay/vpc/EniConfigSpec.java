package io.patchbay.vpc;

import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomKind.Scope;
import io.patchbay.vpc.eni.EniConfig;
import java.util.List;
import java.util.Optional;

/// What an ENIConfig says (amazon-vpc-cni-k8s, `pkg/apis/crd/v1alpha1/eniconfig_types.go`).
///
/// @param subnet the id of the subnet of pods' interfaces
/// @param securityGroups the ids of their security groups; none are the primary interface's
record EniConfigSpec(Optional<String> subnet, List<String> securityGroups) {
    static final CustomKind KIND =
            new CustomKind(
                    "crd.k8s.amazonaws.com", "v1alpha1", "ENIConfig", "eniconfigs", Scope.CLUSTER);

    EniConfigSpec {
        VpcConfig.requireId(
                "\"subnet\"",
                "subnet-",
                subnet.orElseThrow(() ->
                        new IllegalArgumentException(
                                "\"subnet\" is missing: it is the id of the subnet that pods get addresses of")));
        securityGroups = List.copyOf(securityGroups);
        VpcConfig.requireGroups(securityGroups);
    }

    EniConfig config() {
        return new EniConfig(subnet, securityGroups);
    }
}
