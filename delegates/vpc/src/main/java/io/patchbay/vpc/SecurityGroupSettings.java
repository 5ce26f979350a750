package io.patchbay.vpc;

import io.patchbay.vpc.branch.Enforcement;
import io.patchbay.vpc.env.Environment;
import java.util.Map;
import java.util.Optional;

/// The section `securityGroupsForPods` of the section `vpc`: pods with the resource
/// `vpc.amazonaws.com/pod-eni` get the branch interface that the VPC resource controller made for
/// them. What is absent is as the environment of the VPC CNI has it.
///
/// @param enabled whether they do (ENABLE_POD_ENI); false where nothing is said
/// @param enforcement `strict` or `standard` (POD_SECURITY_GROUP_ENFORCING_MODE); strict where
///   nothing is said
record SecurityGroupSettings(Optional<Boolean> enabled, Optional<String> enforcement) {
    static final SecurityGroupSettings NONE =
            new SecurityGroupSettings(Optional.empty(), Optional.empty());

    SecurityGroupSettings {
        enforcement.ifPresent(word -> Enforcement.of("\"enforcement\"", word));
    }

    /// Empty where no pod has one.
    Optional<Enforcement> enforcement(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        return enabled.or(() -> environment.flag("ENABLE_POD_ENI"))
                .filter(Boolean::booleanValue)
                .map(_ -> enforcement(environment));
    }

    private Enforcement enforcement(Environment environment) {
        return enforcement
                .map(word -> Enforcement.of("\"enforcement\"", word))
                .or(() ->
                        environment
                                .word("POD_SECURITY_GROUP_ENFORCING_MODE")
                                .map(word ->
                                        Enforcement.of("POD_SECURITY_GROUP_ENFORCING_MODE", word)))
                .orElse(Enforcement.STRICT);
    }
}
