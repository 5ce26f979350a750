package io.patchbay.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.eni.Subnet;
import io.patchbay.vpc.eni.SubnetChoice;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The subnets of the node's zone: which may take further interfaces, and whose take no pods. They
/// are asked for every five minutes, and after a subnet turned out to be full. Safe from any
/// thread.
final class Neighbourhood {
    private static final System.Logger LOG = System.getLogger(Neighbourhood.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final InterfacePolicy policy;
    private Optional<List<Subnet>> described = Optional.empty();
    private Instant asked = Instant.EPOCH;

    Neighbourhood(InstantSource clock, InterfacePolicy policy) {
        this.clock = clock;
        this.policy = policy;
    }

    /// Where further interfaces may be, the best first; none where their subnet is not of the
    /// node's zone.
    synchronized List<Subnet> candidates(Cloud cloud, EniConfig config, List<Eni> known) {
        if (config.subnet().isPresent()) {
            return named(cloud, config.subnet().get()).stream().toList();
        }
        explore(cloud);
        Map<String, Subnet> byId =
                described.orElse(List.of()).stream()
                        .collect(Collectors.toMap(Subnet::id, Function.identity()));
        return known.stream()
                .filter(Eni::isPrimary)
                .findFirst()
                .map(primary ->
                        choice(primary).candidates(described).stream()
                                .map(id -> byId.getOrDefault(id, own(primary)))
                                .toList())
                .orElse(List.of());
    }

    /// Where EC2 does not tell, it is taken to be there: it will say so itself.
    private Optional<Subnet> named(Cloud cloud, String id) {
        refresh(cloud);
        return described
                .map(all -> all.stream().filter(subnet -> subnet.id().equals(id)).findFirst())
                .orElseGet(() ->
                        Optional.of(
                                new Subnet(
                                        id,
                                        Cidr.any(false),
                                        Optional.empty(),
                                        Integer.MAX_VALUE,
                                        Map.of())));
    }

    /// Why no interface can be made as somebody wants it, where that is known.
    synchronized Optional<String> refusal(EniConfig config) {
        return config.subnet()
                .filter(id ->
                        described
                                .filter(all -> all.stream().noneMatch(one -> one.id().equals(id)))
                                .isPresent())
                .map(id ->
                        "subnet %s is none of this node's VPC and availability zone, which has %s: name one of them"
                                .formatted(
                                        id,
                                        described.orElse(List.of()).stream()
                                                .map(Subnet::id)
                                                .sorted()
                                                .toList()));
    }

    private SubnetChoice choice(Eni primary) {
        return new SubnetChoice(primary.subnetId(), policy.cluster(), policy.discovery());
    }

    /// The primary interface's, of which EC2 did not tell how much is free.
    private static Subnet own(Eni primary) {
        return new Subnet(
                primary.subnetId(),
                primary.subnet(),
                primary.subnet6(),
                Integer.MAX_VALUE,
                Map.of());
    }

    /// By which EC2's word about an interface is taken.
    synchronized Role.Rules rules(List<Eni> known) {
        return new Role.Rules(
                policy.untagged(),
                known.stream()
                        .filter(Eni::isPrimary)
                        .findFirst()
                        .map(primary -> choice(primary).excluded(described))
                        .orElse(Set.of()));
    }

    synchronized void forget() {
        asked = Instant.EPOCH;
    }

    /// Finds out which subnets are excluded, before anything is ordered.
    synchronized void explore(Cloud cloud) {
        if (policy.discovery()) {
            refresh(cloud);
        }
    }

    /// Asks for them, where it is time to.
    private void refresh(Cloud cloud) {
        Instant now = clock.instant();
        if (now.isBefore(asked.plus(PERIOD))) {
            return;
        }
        asked = now;
        try {
            described =
                    Optional.of(
                            cloud.ec2().subnets(cloud.instance().vpc(), cloud.instance().zone()));
        } catch (CloudException e) {
            LOG.log(
                    Level.WARNING,
                    "further interfaces are in the node's own subnet: {0}",
                    e.getMessage());
        }
    }
}
