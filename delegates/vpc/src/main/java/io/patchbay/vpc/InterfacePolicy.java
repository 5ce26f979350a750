package io.patchbay.vpc;

import java.util.Map;
import java.util.Optional;

/// Which interfaces carry pods, and where further ones are made.
///
/// @param discovery whether further interfaces may be in other subnets than the primary one's
/// @param cluster the cluster's name, for the tags of interfaces and subnets
/// @param tags more tags of the interfaces that are made
/// @param untagged whether interfaces without a tag carry pods
/// @param sweep whether leaked interfaces are deleted
record InterfacePolicy(
        boolean discovery,
        Optional<String> cluster,
        Map<String, String> tags,
        boolean untagged,
        boolean sweep) {}
