package io.patchbay.vpc;

import io.patchbay.vpc.env.Environment;
import java.util.Map;
import java.util.Optional;

/// The section `customNetworking` of the section `vpc`: pods get addresses of the subnet and
/// security groups of an ENIConfig. What is absent is as the environment of the VPC CNI has it.
///
/// @param enabled whether they do (AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG); false where nothing is said
/// @param label the label of the node that names its ENIConfig (ENI_CONFIG_LABEL_DEF)
/// @param annotation the annotation of the node that does, which counts more
///   (ENI_CONFIG_ANNOTATION_DEF)
record CustomNetworkingSettings(
        Optional<Boolean> enabled, Optional<String> label, Optional<String> annotation) {
    static final CustomNetworkingSettings NONE =
            new CustomNetworkingSettings(Optional.empty(), Optional.empty(), Optional.empty());

    private static final String KEY = "k8s.amazonaws.com/eniConfig";

    boolean isEnabled(Map<String, String> variables) {
        return enabled.or(
                        () -> new Environment(variables).flag("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"))
                .orElse(false);
    }

    EniConfigName name(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        return new EniConfigName(
                label.or(() -> environment.word("ENI_CONFIG_LABEL_DEF")).orElse(KEY),
                annotation.or(() -> environment.word("ENI_CONFIG_ANNOTATION_DEF")).orElse(KEY));
    }
}
