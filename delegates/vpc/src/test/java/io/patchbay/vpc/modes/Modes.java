package io.patchbay.vpc.modes;

import static io.patchbay.vpc.modes.Feature.ASSIGNED_BY_OTHERS;
import static io.patchbay.vpc.modes.Feature.CUSTOM_NETWORKING;
import static io.patchbay.vpc.modes.Feature.EGRESS_V4;
import static io.patchbay.vpc.modes.Feature.EGRESS_V6;
import static io.patchbay.vpc.modes.Feature.FURTHER_ATTACHMENT;
import static io.patchbay.vpc.modes.Feature.IPV4_THEN_IPV6;
import static io.patchbay.vpc.modes.Feature.IPV6;
import static io.patchbay.vpc.modes.Feature.IPV6_THEN_IPV4;
import static io.patchbay.vpc.modes.Feature.PREFIXES;
import static io.patchbay.vpc.modes.Feature.SEVERAL_ADDRESSES;
import static io.patchbay.vpc.modes.Feature.STANDARD_BRANCH;
import static io.patchbay.vpc.modes.Feature.STRICT_BRANCH;

import java.util.List;
import java.util.stream.Stream;

/// The table of modes.
public final class Modes {
    /// Whose pods those of each mode are held against.
    static final Mode REFERENCE =
            Mode.of("dual stack", "Pods of both families, as any others.", IPV4_THEN_IPV6);

    public static final List<Mode> ALL =
            List.of(
                    Mode.of(
                            "secondary addresses",
                            "The default: each pod has a secondary address of an interface of its node."),
                    Mode.of("prefixes", "More pods a node, and fewer calls of EC2.", PREFIXES),
                    Mode.of(
                            "custom networking",
                            "Pods in other subnets and groups than their node.",
                            CUSTOM_NETWORKING),
                    Mode.of(
                            "custom networking, prefixes",
                            "The same for many pods.",
                            CUSTOM_NETWORKING,
                            PREFIXES),
                    Mode.of("IPv6", "Pods that need IPv4 outside the VPC alone.", IPV6, PREFIXES),
                    Mode.of(
                            "IPv4, with IPv6 outside",
                            "Pods that need IPv6 outside the VPC alone.",
                            EGRESS_V6,
                            PREFIXES),
                    REFERENCE,
                    Mode.of(
                            "dual stack, IPv6 first",
                            "Both families, in the subnets of ENIConfigs.",
                            IPV6_THEN_IPV4,
                            CUSTOM_NETWORKING,
                            PREFIXES),
                    Mode.of(
                            "further attachment",
                            "A leg in another subnet with groups of its own, behind net1.",
                            FURTHER_ATTACHMENT),
                    Mode.of(
                            "further attachment, dual stack",
                            "The same of both families, beside custom networking.",
                            FURTHER_ATTACHMENT,
                            IPV4_THEN_IPV6,
                            CUSTOM_NETWORKING,
                            PREFIXES),
                    Mode.of(
                            "further attachment, IPv6 first",
                            "The same in the node's own subnet.",
                            FURTHER_ATTACHMENT,
                            IPV6_THEN_IPV4),
                    Mode.of(
                            "further attachment, IPv6",
                            "The same of IPv6 alone, with several addresses on eth0.",
                            FURTHER_ATTACHMENT,
                            IPV6,
                            EGRESS_V4,
                            CUSTOM_NETWORKING,
                            SEVERAL_ADDRESSES),
                    Mode.of(
                            "further attachment, with IPv6 outside",
                            "The same of IPv4, with several addresses on eth0.",
                            FURTHER_ATTACHMENT,
                            EGRESS_V6,
                            CUSTOM_NETWORKING,
                            SEVERAL_ADDRESSES),
                    Mode.of(
                            "assigned by others",
                            "Nodes that may not call EC2.",
                            ASSIGNED_BY_OTHERS),
                    Mode.of(
                            "assigned by others, dual stack",
                            "The same for both families, with several addresses a pod.",
                            ASSIGNED_BY_OTHERS,
                            IPV4_THEN_IPV6,
                            PREFIXES,
                            SEVERAL_ADDRESSES),
                    Mode.of(
                            "assigned by others, IPv6 first",
                            "The same the other way round.",
                            ASSIGNED_BY_OTHERS,
                            IPV6_THEN_IPV4,
                            SEVERAL_ADDRESSES),
                    Mode.of(
                            "assigned by others, IPv6",
                            "The same for IPv6.",
                            ASSIGNED_BY_OTHERS,
                            IPV6,
                            EGRESS_V4,
                            PREFIXES,
                            SEVERAL_ADDRESSES),
                    Mode.of(
                            "assigned by others, with IPv6 outside",
                            "The same for IPv4.",
                            ASSIGNED_BY_OTHERS,
                            EGRESS_V6),
                    Mode.of(
                            "security groups for pods, strict",
                            "Groups of a pod decide on all its packets, those of its node too.",
                            STRICT_BRANCH,
                            EGRESS_V6),
                    Mode.of(
                            "security groups for pods, standard",
                            "Groups of a pod decide on what leaves or enters its node.",
                            STANDARD_BRANCH,
                            EGRESS_V6),
                    Mode.of(
                            "strict, dual stack, custom networking",
                            "The same for both families, with a leg in another subnet.",
                            STRICT_BRANCH,
                            IPV4_THEN_IPV6,
                            CUSTOM_NETWORKING,
                            PREFIXES,
                            FURTHER_ATTACHMENT),
                    Mode.of(
                            "standard, dual stack, custom networking",
                            "The same with IPv6 first.",
                            STANDARD_BRANCH,
                            IPV6_THEN_IPV4,
                            CUSTOM_NETWORKING,
                            PREFIXES,
                            FURTHER_ATTACHMENT),
                    Mode.of(
                            "strict, dual stack, IPv6 first",
                            "The same in the node's own subnet.",
                            STRICT_BRANCH,
                            IPV6_THEN_IPV4),
                    Mode.of(
                            "standard, dual stack",
                            "The same in the node's own subnet.",
                            STANDARD_BRANCH,
                            IPV4_THEN_IPV6),
                    Mode.of(
                            "strict, IPv6",
                            "IPv4 is for the node's other pods, since no group of theirs would decide.",
                            STRICT_BRANCH,
                            IPV6,
                            EGRESS_V4),
                    Mode.of("standard, IPv6", "The same.", STANDARD_BRANCH, IPV6, EGRESS_V4));

    private Modes() {}

    /// Those that a kernel without links with a tag has.
    static Stream<Mode> withoutVlans() {
        return ALL.stream().filter(mode -> !mode.takesVlans());
    }

    /// @param enforcement of their groups
    static List<Mode> withVlans(Feature enforcement) {
        return ALL.stream().filter(mode -> mode.has(enforcement)).toList();
    }
}
