package io.patchbay.vpc;

import io.patchbay.vpc.eni.Identity;
import io.patchbay.vpc.env.Environment;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The section `interfaces` of the section `vpc`. What is absent is as the environment of the VPC
/// CNI has it.
///
/// @param discovery whether further interfaces may be in other subnets than the primary one's, by
///   their tags (ENABLE_SUBNET_DISCOVERY); true where nothing is said
/// @param cluster the cluster's name, for the tags of interfaces and subnets (CLUSTER_NAME)
/// @param tags more tags of the interfaces that are made (ADDITIONAL_ENI_TAGS)
/// @param untagged whether interfaces without a tag carry pods (MANAGE_UNTAGGED_ENI); true where
///   nothing is said
/// @param sweep whether leaked interfaces are deleted (DISABLE_LEAKED_ENI_CLEANUP,
///   ENABLE_IMDS_ONLY_MODE); true where nothing is said
record InterfaceSettings(
        Optional<Boolean> discovery,
        Optional<String> cluster,
        Map<String, String> tags,
        Optional<Boolean> untagged,
        Optional<Boolean> sweep) {
    static final InterfaceSettings NONE =
            new InterfaceSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty());

    InterfaceSettings {
        Identity.requireOwn(tags);
        tags = Map.copyOf(tags);
    }

    InterfacePolicy policy(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        return new InterfacePolicy(
                discovery.or(() -> environment.flag("ENABLE_SUBNET_DISCOVERY")).orElse(true),
                cluster.or(() -> environment.word("CLUSTER_NAME")).filter(name -> !name.isEmpty()),
                tags.isEmpty() ? Identity.own(environment.tags("ADDITIONAL_ENI_TAGS")) : tags,
                untagged.or(() -> environment.flag("MANAGE_UNTAGGED_ENI")).orElse(true),
                sweep.orElse(
                        Stream.of("DISABLE_LEAKED_ENI_CLEANUP", "ENABLE_IMDS_ONLY_MODE")
                                .flatMap(key -> environment.flag(key).stream())
                                .noneMatch(Boolean::booleanValue)));
    }
}
