package io.patchbay.vpc;

import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomKind.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a CNINode says (amazon-vpc-resource-controller-k8s,
/// `apis/vpcresources/v1alpha1/cninode_types.go`): what the controller is to do for a node.
record CniNodeSpec(List<Feature> features) {
    static final CustomKind KIND =
            new CustomKind(
                    "vpcresources.k8s.aws", "v1alpha1", "CNINode", "cninodes", Scope.CLUSTER);

    /// @param value of features that have one
    record Feature(String name, Optional<String> value) {
        private static final String BRANCHES = "SecurityGroupsForPods";
        private static final String CUSTOM_NETWORKING = "CustomNetworking";

        /// A trunk, and branches for pods.
        static Feature branches() {
            return new Feature(BRANCHES, Optional.empty());
        }

        /// Branches in the subnet of an ENIConfig.
        static Feature customNetworking(String eniConfig) {
            return new Feature(CUSTOM_NETWORKING, Optional.of(eniConfig));
        }

        /// As people may write it: an empty value is none.
        boolean is(Feature other) {
            return name.equals(other.name) && value.orElse("").equals(other.value.orElse(""));
        }

        @Override
        public String toString() {
            return value.filter(text -> !text.isEmpty())
                    .map(text -> name + "=" + text)
                    .orElse(name);
        }
    }

    CniNodeSpec {
        features = List.copyOf(features);
    }

    /// Those that are not asked for.
    List<Feature> missing(List<Feature> wanted) {
        return wanted.stream().filter(feature -> features.stream().noneMatch(feature::is)).toList();
    }

    /// Each that is missing in the place of one of its name.
    CniNodeSpec with(List<Feature> wanted) {
        List<Feature> missing = missing(wanted);
        Set<String> names = missing.stream().map(Feature::name).collect(Collectors.toSet());
        return new CniNodeSpec(
                Stream.concat(
                                features.stream()
                                        .filter(feature -> !names.contains(feature.name())),
                                missing.stream())
                        .toList());
    }
}
