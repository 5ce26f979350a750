package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The node's side of its interfaces and pods: it knows what should be in the kernel, and brings it
/// there, at first and whenever something is missing. Safe from any thread.
public final class NodeNetwork {
    private static final System.Logger LOG = System.getLogger(NodeNetwork.class.getName());

    /// One repair may uncover the next; what is left after so many is refused by the kernel, or
    /// somebody else undoes it at once.
    private static final int PASSES = 3;

    private final Netns host;
    private final int mtu;
    private final EgressPolicy policy;
    private final NodeTable table;
    private final Map<InetAddress, PodRouting> pods = new LinkedHashMap<>();
    private List<Eni> enis = List.of();
    private Set<Family> second = Set.of();

    /// @param mtu of every interface; 0 leaves it as it is
    public NodeNetwork(Netns host, int mtu, EgressPolicy policy) {
        this.host = host;
        this.mtu = mtu;
        this.policy = policy;
        this.table = new NodeTable(host.nft());
    }

    /// Sets the interfaces up and tells which are ready to carry pods: everything that they need
    /// was read back from the kernel. One that is not, or whose link has not appeared yet, is
    /// logged and left out.
    public synchronized List<EniLink> setUp(List<Eni> attached) {
        enis = List.copyOf(attached);
        Optional<KernelException> refusal = Optional.empty();
        try {
            heal();
        } catch (KernelException e) {
            refusal = Optional.of(e);
        }
        List<Link> links = host.rtnl().links();
        List<EniLink> ready = new ArrayList<>();
        for (Eni eni : enis) {
            Optional<EniLink> link = EniLink.find(eni, links);
            if (link.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "interface {0} is left out: no link has its MAC address {1}",
                        eni.id(),
                        eni.mac());
            } else if (verified(link.get())) {
                ready.add(link.get());
            } else {
                LOG.log(
                        Level.WARNING,
                        "interface {0} is left out: {1}",
                        eni.id(),
                        refusal.map(KernelException::getMessage)
                                .orElse("what it needs is taken away as soon as it is there"));
            }
        }
        return List.copyOf(ready);
    }

    /// Whether the link, address, routes and rules of an interface are in the kernel now.
    public boolean verified(EniLink eni) {
        Wanted wanted = NodeState.of(eni, mtu);
        return Repair.of(wanted, Present.read(host, wanted)).isEmpty();
    }

    /// The block that pods get an address of beside those of the other family, for egress alone;
    /// empty where there is none of that family.
    public synchronized Optional<Cidr> second(Family family) {
        return Optional.of(EgressPolicy.ofNode(family)).filter(_ -> second.contains(family));
    }

    /// Has the ways to a pod restored from now on, once {@link PodNetwork} has laid them.
    public synchronized void attached(PodPaths pod) {
        pod.ways().forEach(way -> pods.put(way.address(), way.onHost()));
    }

    /// Has them restored no more: it is to be called before they are removed. A repair that goes on
    /// is waited for.
    public synchronized void detached(PodPaths pod) {
        pod.ways().forEach(way -> pods.remove(way.address(), way.onHost()));
    }

    /// Brings what is missing into the kernel, and tells what that was. What the kernel refuses is
    /// thrown when all else is done.
    public synchronized List<String> heal() {
        List<String> told = new ArrayList<>();
        Optional<KernelException> refusal = Optional.empty();
        for (int pass = 0; pass < PASSES; pass++) {
            Wanted wanted = state().wanted();
            Repair repair = Repair.of(wanted, Present.read(host, wanted));
            Optional<String> stale = wanted.table().filter(table::differs);
            if (repair.isEmpty() && stale.isEmpty()) {
                return told;
            }
            refusal = apply(repair, stale);
            repair.changes().forEach(change -> told.add(Told.of(change)));
            repair.sysctls().forEach((key, value) -> told.add(key + " is set to " + value));
            stale.ifPresent(text ->
                    told.add("table %s of nftables is written".formatted(EgressTable.NAME)));
        }
        refusal.ifPresent(e -> {
            throw e;
        });
        return told;
    }

    private NodeState state() {
        List<Link> links = host.rtnl().links();
        Map<Integer, String> names =
                links.stream().collect(Collectors.toMap(Link::index, Link::name));
        NodeState state =
                new NodeState(
                        enis.stream().flatMap(eni -> EniLink.find(eni, links).stream()).toList(),
                        links(names),
                        policy,
                        mtu);
        second =
                Stream.of(Family.values())
                        .filter(family -> state.second(family).isPresent())
                        .collect(Collectors.toUnmodifiableSet());
        return state;
    }

    /// The pods' links, whether their addresses were attached in one go or one by one.
    private List<PodLink> links(Map<Integer, String> names) {
        Map<Integer, List<PodRouting>> links =
                pods.values().stream().collect(Collectors.groupingBy(PodRouting::hostLink));
        return links.values().stream()
                .map(PodPaths::new)
                .flatMap(paths ->
                        Optional.ofNullable(names.get(paths.hostLink()))
                                .map(name -> new PodLink(paths, name))
                                .stream())
                .toList();
    }

    /// All of it, whatever is refused. What somebody else did meanwhile is no refusal.
    private Optional<KernelException> apply(Repair repair, Optional<String> text) {
        Optional<KernelException> refusal = attempt(() -> host.rtnl().apply(repair.changes()));
        for (Map.Entry<String, String> setting : repair.sysctls().entrySet()) {
            Optional<KernelException> no =
                    attempt(() -> host.sysctl().set(setting.getKey(), setting.getValue()));
            refusal = refusal.or(() -> no);
        }
        Optional<KernelException> no = text.flatMap(wanted -> attempt(() -> table.write(wanted)));
        return refusal.or(() -> no);
    }

    private static Optional<KernelException> attempt(Runnable effect) {
        try {
            effect.run();
            return Optional.empty();
        } catch (KernelException e) {
            return e.exists() || e.isAbsent() ? Optional.empty() : Optional.of(e);
        }
    }

    /// The addresses that the main table leads to a link which is none of these.
    public Set<InetAddress> routedElsewhere(Set<Integer> links) {
        return routed(link -> !links.contains(link));
    }

    /// The addresses that the main table leads to a link.
    public Set<InetAddress> routedTo(int link) {
        return routed(index -> index == link);
    }

    private Set<InetAddress> routed(IntPredicate links) {
        return host.rtnl().routes(Route.MAIN).stream()
                .filter(route -> route.gateway().isEmpty() && route.link().isPresent())
                .filter(route -> links.test(route.link().orElse(0)))
                .flatMap(route -> ofOneHost(route.destination()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether the host has no link of an index.
    public boolean isGone(int link) {
        return host.rtnl().find(link).isEmpty();
    }

    /// Deletes what is left of the rules of pods that are no more: a rule like ours for an address
    /// that is free.
    ///
    /// @param free the addresses that nobody has
    public void dropRulesOf(Predicate<InetAddress> free) {
        host.rtnl().rules().stream()
                .filter(rule -> ownAddress(rule).filter(free).isPresent())
                .forEach(rule -> Absence.tolerated(host, new DeleteRule(rule)));
    }

    /// Deletes rules that another plugin left, but for those of an address that somebody has.
    public void drop(List<Rule> rules, Predicate<InetAddress> held) {
        rules.stream()
                .filter(rule -> ownAddress(rule).filter(held).isEmpty())
                .forEach(rule -> Absence.tolerated(host, new DeleteRule(rule)));
    }

    private static Optional<InetAddress> ownAddress(Rule rule) {
        return switch (rule.priority()) {
            case PodRouting.TO_POD -> rule.to().flatMap(NodeNetwork::ofOneHost);
            case PodRouting.FROM_POD -> rule.from().flatMap(NodeNetwork::ofOneHost);
            default -> Optional.empty();
        };
    }

    private static Optional<InetAddress> ofOneHost(Cidr prefix) {
        return Optional.of(prefix.address()).filter(address -> prefix.equals(Cidr.host(address)));
    }
}
