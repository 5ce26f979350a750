package io.patchbay.vpc.eni;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an attached interface is to this node. Sources: amazon-vpc-cni-k8s, README "ENI tags", and
/// `pkg/ipamd/ipamd.go`.
public enum Role {
    /// The node's own, which is never taken off; it carries pods too.
    PRIMARY,
    /// Made by this program.
    OURS,
    /// Made by Amazon's plugin, or by hand without another word: taken over.
    ADOPTED,
    /// It carries pods as long as they live, and gets no new ones: its subnet is excluded.
    EXCLUDED,
    /// The security groups of single pods are on its branches.
    TRUNK,
    /// For an application by itself (EFA).
    EFA,
    /// Of somebody else.
    UNMANAGED;

    private static final String NO_MANAGE = "node.k8s.amazonaws.com/no_manage";

    /// What an operator says about interfaces.
    ///
    /// @param untagged whether those without a tag of either program are taken over
    /// @param excluded the subnets that pods do not get addresses of
    public record Rules(boolean untagged, Set<String> excluded) {
        public Rules {
            excluded = Set.copyOf(excluded);
        }
    }

    public boolean takesPods() {
        return this == PRIMARY || this == OURS || this == ADOPTED;
    }

    /// Whether its addresses are this program's business.
    public boolean isManaged() {
        return takesPods() || this == EXCLUDED;
    }

    public static Role of(NetworkInterface eni, Rules rules) {
        if (eni.isPrimary()) {
            // Whatever its tags say: a node without it is none.
            return rules.excluded.contains(eni.subnet()) ? EXCLUDED : PRIMARY;
        }
        return switch (eni.type()) {
            case "trunk" -> TRUNK;
            case "efa", "efa-only" -> EFA;
            case "interface" -> ofPlain(eni, rules);
            default -> UNMANAGED;
        };
    }

    private static Role ofPlain(NetworkInterface eni, Rules rules) {
        boolean ours = Identity.PATCHBAY.equals(eni.tags().get(Identity.OWNER));
        boolean known = ours || eni.tags().containsKey(Identity.INSTANCE);
        if ("true".equals(eni.tags().get(NO_MANAGE))
                || eni.primary().isEmpty()
                || (!known && !rules.untagged)) {
            return UNMANAGED;
        }
        // Somebody asked for that very subnet, whatever its tags say of pods in general.
        if (EniConfig.of(eni).subnet().isEmpty() && rules.excluded.contains(eni.subnet())) {
            return EXCLUDED;
        }
        return ours ? OURS : ADOPTED;
    }

    /// The network cards that are somebody else's: each carries interfaces, and none is managed.
    ///
    /// @param roles by id
    public static Set<Integer> foreignCards(
            Collection<NetworkInterface> attached, Map<String, Role> roles) {
        Set<Integer> foreign = cards(attached.stream());
        foreign.removeAll(
                cards(
                        attached.stream()
                                .filter(eni ->
                                        Optional.ofNullable(roles.get(eni.id()))
                                                .map(Role::isManaged)
                                                .orElse(true))));
        return foreign;
    }

    private static Set<Integer> cards(Stream<NetworkInterface> enis) {
        return enis.flatMap(eni -> eni.attachment().stream())
                .map(NetworkInterface.Attachment::card)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
