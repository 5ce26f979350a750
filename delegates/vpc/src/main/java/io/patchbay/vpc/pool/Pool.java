package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.pool.Tally.OfBlock;
import io.patchbay.vpc.pool.Tally.OfEni;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The pods' addresses of a node at one moment: what is assigned to its interfaces, and who holds
/// which. A value: every change is another one, and nothing here does I/O.
///
/// @param enis the interfaces that are ready to carry pods, in {@link Eni#ORDER}
/// @param holdings the addresses that are not free, whether an interface still has them or not
/// @param foreign addresses that the host routes to a link which is not ours: another plugin's pods
/// @param closed the ids of interfaces that take no further pods, and drain
/// @param returning blocks that EC2 is being asked to take back; they are the node's until it did
public record Pool(
        List<Eni> enis,
        Map<InetAddress, Holding> holdings,
        Set<InetAddress> foreign,
        Set<String> closed,
        Set<Cidr> returning) {
    public Pool {
        enis = enis.stream().sorted(Eni.ORDER).toList();
        holdings = Map.copyOf(holdings);
        foreign = Set.copyOf(foreign);
        closed = Set.copyOf(closed);
        returning = Set.copyOf(returning);
    }

    static Pool of(Collection<Holding> holdings) {
        Map<InetAddress, Holding> byAddress = new HashMap<>();
        holdings.forEach(holding -> byAddress.put(holding.address(), holding));
        return new Pool(List.of(), byAddress, Set.of(), Set.of(), Set.of());
    }

    public enum State {
        FREE,
        ASSIGNED,
        COOLING,
        FOREIGN,
        /// Free, but about to be no longer the node's.
        RETURNING
    }

    /// What an address is at a moment.
    public State state(InetAddress address, Instant now) {
        Holding holding = holdings.get(address);
        if (holding != null && !holding.isOver(now)) {
            return holding.isAssigned() ? State.ASSIGNED : State.COOLING;
        }
        if (foreign.contains(address)) {
            return State.FOREIGN;
        }
        return returning.stream().anyMatch(block -> block.contains(address))
                ? State.RETURNING
                : State.FREE;
    }

    public Optional<Holding> find(InetAddress address) {
        return Optional.ofNullable(holdings.get(address));
    }

    /// The addresses that an attachment has, those of IPv4 first.
    public List<Holding> heldBy(AttachmentId owner) {
        return holdings.values().stream()
                .filter(holding -> holding.isAssigned() && holding.owner().equals(owner))
                .sorted(Holding.ORDER)
                .toList();
    }

    /// The addresses of an interface that attachments have, its own among them.
    public List<Holding> heldOf(Eni eni) {
        return holdings.values().stream()
                .filter(holding -> holding.isAssigned() && holding.eni().equals(eni.id()))
                .sorted(Holding.ORDER)
                .toList();
    }

    /// Who has an interface's own addresses has the interface.
    private boolean isShared(Eni eni) {
        return Stream.of(Family.values())
                .flatMap(family -> eni.own(family).flatMap(this::find).stream())
                .noneMatch(Holding::isAssigned);
    }

    /// What another plugin gave to a container, before this node was ours. Its DEL gives all of it
    /// back, and names no network that we know.
    public List<Holding> adoptedBy(String containerId) {
        return holdings.values().stream()
                .filter(holding -> holding.adopted() && holding.isAssigned())
                .filter(holding -> holding.owner().containerId().equals(containerId))
                .toList();
    }

    /// The same pool with the blocks of one family alone.
    public Pool only(Family family) {
        return new Pool(
                enis.stream().map(eni -> eni.only(family)).toList(),
                holdings,
                foreign,
                closed,
                returning);
    }

    /// The same pool as somebody sees it who needs a kind of address: with those interfaces and
    /// blocks alone that can give one.
    public Pool facing(Demand demand) {
        return new Pool(
                        enis.stream().filter(demand::suits).filter(this::isShared).toList(),
                        holdings,
                        foreign,
                        closed,
                        returning)
                .only(demand.family());
    }

    /// A free address of the fullest block of the fullest interface that has one: so pods sit
    /// densely, and the others become empty and can be given back. Of blocks without a pod one that
    /// cools anyway comes first, and a prefix before single addresses, which are but its
    /// substitute.
    ///
    /// @param cut how much of a cooldown may be cut off where nothing is free; then the address
    ///   that has cooled longest is taken
    Choice choose(Instant now, Duration cut) {
        return Tally.of(this, now).enis().stream()
                .filter(one -> one.open() && one.count(State.FREE) > 0)
                .min(Tally.DENSE)
                .<Choice>map(one -> new Choice.Free(one.eni(), firstFree(one, now), Duration.ZERO))
                .or(() -> coolest(now, cut))
                .orElseGet(() -> new Choice.None(Scarcity.of(this, now)));
    }

    private InetAddress firstFree(OfEni one, Instant now) {
        return one.blocks().stream()
                .filter(block -> block.count(State.FREE) > 0)
                .min(OfBlock.DENSE)
                .stream()
                .flatMap(block -> block.block().addresses())
                .filter(address -> !isAnycast(one.eni(), address))
                .filter(address -> state(address, now) == State.FREE)
                .findFirst()
                .orElseThrow();
    }

    /// The first address of a prefix of IPv6 is every router's (RFC 4291, section 2.6.1).
    private static boolean isAnycast(Eni eni, InetAddress address) {
        return Family.of(address) == Family.IPV6
                && eni.blocks().stream().anyMatch(block -> block.address().equals(address));
    }

    private Optional<Choice> coolest(Instant now, Duration cut) {
        return next(now)
                .filter(holding -> !holding.end().isAfter(now.plus(cut)))
                .flatMap(holding ->
                        eniOf(holding.address())
                                .map(eni ->
                                        new Choice.Free(
                                                eni,
                                                holding.address(),
                                                Duration.between(now, holding.end()))));
    }

    /// The cooling address that will be free first, of those that are still the node's to give.
    Optional<Holding> next(Instant now) {
        return holdings.values().stream()
                .filter(holding -> state(holding.address(), now) == State.COOLING)
                .filter(holding -> eniOf(holding.address()).isPresent())
                .min(
                        Comparator.comparing(Holding::end)
                                .thenComparing(holding -> Cidr.text(holding.address())));
    }

    private Optional<Eni> eniOf(InetAddress address) {
        return enis.stream()
                .filter(eni -> !closed.contains(eni.id()) && eni.has(address))
                .findFirst();
    }

    /// How many of an interface's addresses are in a state.
    public long count(Eni eni, State state, Instant now) {
        return Tally.of(this, now).enis().stream()
                .filter(one -> one.eni().equals(eni))
                .mapToLong(one -> one.count(state))
                .sum();
    }

    /// How many of a block's addresses are in a state.
    public long count(Cidr block, State state, Instant now) {
        return Tally.of(this, now).enis().stream()
                .flatMap(one -> one.blocks().stream())
                .filter(one -> one.block().equals(block))
                .mapToLong(one -> one.count(state))
                .sum();
    }

    public long count(State state, Instant now) {
        return Tally.of(this, now).count(state);
    }

    /// The holdings that have cooled down by a moment.
    List<Holding> over(Instant now) {
        return holdings.values().stream().filter(holding -> holding.isOver(now)).toList();
    }

    Pool knowing(List<Eni> ready, Set<InetAddress> others, Set<String> draining) {
        return new Pool(ready, holdings, others, draining, returning);
    }

    Pool with(Holding holding) {
        Map<InetAddress, Holding> more = new HashMap<>(holdings);
        more.put(holding.address(), holding);
        Set<InetAddress> others = new HashSet<>(foreign);
        others.remove(holding.address());
        return new Pool(enis, more, others, closed, returning);
    }

    Pool without(InetAddress address) {
        Map<InetAddress, Holding> rest = new HashMap<>(holdings);
        rest.remove(address);
        return new Pool(enis, rest, foreign, closed, returning);
    }

    Pool with(Eni changed) {
        return new Pool(
                Stream.concat(others(changed.id()), Stream.of(changed)).toList(),
                holdings,
                foreign,
                closed,
                returning);
    }

    Pool without(String eni) {
        return new Pool(others(eni).toList(), holdings, foreign, closed, returning);
    }

    private Stream<Eni> others(String id) {
        return enis.stream().filter(eni -> !eni.id().equals(id));
    }

    public Optional<Eni> eni(String id) {
        return enis.stream().filter(eni -> eni.id().equals(id)).findFirst();
    }

    Pool returning(Collection<Cidr> blocks) {
        Set<Cidr> more = new HashSet<>(returning);
        more.addAll(blocks);
        return new Pool(enis, holdings, foreign, closed, more);
    }

    Pool notReturning(Collection<Cidr> blocks) {
        Set<Cidr> rest = new HashSet<>(returning);
        rest.removeAll(blocks);
        return new Pool(enis, holdings, foreign, closed, rest);
    }
}
