package io.patchbay.vpc;

import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.pool.PoolSettings;
import io.patchbay.vpc.pool.Targets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Which settings do not go together, and what no network may ask for under them: each would leave
/// pods without an address for ever, or a setting without effect. A refusal names both keys and
/// their values.
///
/// @param provisions whether interfaces and addresses are ordered
/// @param custom whether pods are in the subnet of an ENIConfig
/// @param branches whether there are pods with a branch interface
/// @param families that patchbay.yaml says
/// @param second the families that patchbay.yaml says are reached from the node's own addresses
/// @param mostInterfaces that the node may have
record Composition(
        boolean provisions,
        boolean custom,
        boolean branches,
        List<Family> families,
        Set<Family> second,
        OptionalInt mostInterfaces) {
    private static final String CUSTOM =
            "\"customNetworking.enabled\" (AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG) is true";
    private static final String BRANCHES =
            "\"securityGroupsForPods.enabled\" (ENABLE_POD_ENI) is true";
    private static final String NO_ORDERS =
            "\"pool.provision\" (ENABLE_IMDS_ONLY_MODE, DISABLE_NETWORK_RESOURCE_PROVISIONING) is false";

    Composition {
        families = List.copyOf(families);
        second = Set.copyOf(second);
    }

    static Composition of(
            Optional<PoolSettings> pool,
            Optional<EgressSettings> egress,
            List<String> families,
            Optional<CustomNetworkingSettings> custom,
            Optional<SecurityGroupSettings> groups,
            Map<String, String> environment) {
        Targets targets = Targets.of(pool.orElse(PoolSettings.NONE), environment);
        return new Composition(
                targets.provisions(),
                custom.orElse(CustomNetworkingSettings.NONE).isEnabled(environment),
                groups.orElse(SecurityGroupSettings.NONE).enforcement(environment).isPresent(),
                VpcConfig.families("\"families\"", families),
                egress.orElse(EgressSettings.NONE).second(),
                targets.maxEnis());
    }

    /// Why the settings do not go together.
    Optional<String> refusal() {
        return first(
                Stream.of(
                        withoutOrders(
                                custom,
                                CUSTOM,
                                "EC2, which tells which interface is of an ENIConfig,"),
                        withoutOrders(branches, BRANCHES, "EC2, which tells of the trunk,"),
                        crowded(),
                        secondOfBoth(),
                        secondOfTheFirst()));
    }

    private Optional<String> withoutOrders(boolean asked, String what, String whom) {
        return when(
                asked && !provisions,
                "%s while %s: %s is not asked then, and such pods would wait for ever; let it order, or take the other away"
                        .formatted(what, NO_ORDERS, whom));
    }

    /// The primary interface carries no pods of an ENIConfig, and a trunk none at all.
    private Optional<String> crowded() {
        int least = branches ? 3 : 2;
        return when(
                custom && mostInterfaces.orElse(least) < least,
                "%s%s while \"pool.maxInterfaces\" (MAX_ENI) is %d: the primary interface%s carries no pod then; make it %d or more"
                        .formatted(
                                CUSTOM,
                                branches ? ", and " + BRANCHES + "," : "",
                                mostInterfaces.orElse(0),
                                branches ? " or the trunk" : "",
                                least));
    }

    private Optional<String> secondOfBoth() {
        return when(
                second.size() == Family.values().length,
                "\"egress.v4\" and \"egress.v6\" are both true: each is for pods that have addresses of the other family alone; take one away");
    }

    private Optional<String> secondOfTheFirst() {
        return Stream.of(Family.values())
                .filter(family -> second.contains(family) && families.contains(family))
                .map(family ->
                        "\"egress.%s\" is true while \"families\" has \"ip%s\": pods have an address of the VPC of that family, and need none of the node; take one away"
                                .formatted(number(family), number(family)))
                .findFirst();
    }

    private static String number(Family family) {
        return switch (family) {
            case IPV4 -> "v4";
            case IPV6 -> "v6";
        };
    }

    /// Why an attachment cannot be what its network asks for.
    ///
    /// @param branch whether it is by a branch interface
    Optional<String> refusal(VpcConfig network, boolean branch) {
        Optional<String> place =
                network.place()
                        .map(config ->
                                config.subnet()
                                        .map("\"subnet\" is \"%s\""::formatted)
                                        .orElse("\"securityGroups\" is " + config.groups()));
        return first(
                Stream.of(
                        place.filter(_ -> !provisions).map(this::withoutOrders),
                        place.filter(_ -> mostInterfaces.orElse(2) < 2).map(this::withoutRoom),
                        network.count().filter(count -> branch && count > 1).map(this::several)));
    }

    private String withoutOrders(String place) {
        return "%s while %s on this node: its interface would have to be made; let it order, or take the key away"
                .formatted(place, NO_ORDERS);
    }

    private String withoutRoom(String place) {
        return "%s while \"pool.maxInterfaces\" (MAX_ENI) is 1 on this node: it takes an interface of its own; make it 2 or more, or take the key away"
                .formatted(place);
    }

    private String several(int count) {
        return "\"count\" is %d while the pod has a branch interface (%s): that has one address of each family; take the key away, or the resource %s"
                .formatted(count, BRANCHES, BranchPods.RESOURCE);
    }

    private static Optional<String> first(Stream<Optional<String>> refusals) {
        return refusals.flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> when(boolean refused, String sentence) {
        return Optional.of(sentence).filter(_ -> refused);
    }

    /// As {@link #refusal()}; an IllegalArgumentException says it.
    void require() {
        refusal()
                .ifPresent(sentence -> {
                    throw new IllegalArgumentException(sentence);
                });
    }
}
