package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.vpc.eni.Eni;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pods' addresses of a node at one moment: what is assigned to its interfaces, and who holds
/// which. A value: every change is another one, and nothing here does I/O.
///
/// @param enis the interfaces that are ready to carry pods, in {@link Eni#ORDER}
/// @param holdings the addresses that are not free, whether an interface still has them or not
/// @param foreign addresses that the host routes to a link which is not ours: another plugin's pods
public record Pool(List<Eni> enis, Map<InetAddress, Holding> holdings, Set<InetAddress> foreign) {
    public Pool {
        enis = enis.stream().sorted(Eni.ORDER).toList();
        holdings = Map.copyOf(holdings);
        foreign = Set.copyOf(foreign);
    }

    static Pool of(Collection<Holding> holdings) {
        Map<InetAddress, Holding> byAddress = new HashMap<>();
        holdings.forEach(holding -> byAddress.put(holding.address(), holding));
        return new Pool(List.of(), byAddress, Set.of());
    }

    public enum State {
        FREE,
        ASSIGNED,
        COOLING,
        FOREIGN
    }

    /// What an address is at a moment.
    public State state(InetAddress address, Instant now) {
        Holding holding = holdings.get(address);
        if (holding != null && !holding.isOver(now)) {
            return holding.isAssigned() ? State.ASSIGNED : State.COOLING;
        }
        return foreign.contains(address) ? State.FOREIGN : State.FREE;
    }

    public Optional<Holding> find(InetAddress address) {
        return Optional.ofNullable(holdings.get(address));
    }

    /// The address that an attachment has.
    public Optional<Holding> heldBy(AttachmentId owner) {
        return holdings.values().stream()
                .filter(holding -> holding.isAssigned() && holding.owner().equals(owner))
                .findFirst();
    }

    /// The first free address of the first interface that has one: so pods sit densely, and the
    /// last interfaces become empty and can be given back.
    Choice choose(Instant now) {
        for (Eni eni : enis) {
            for (InetAddress address : eni.addresses()) {
                if (state(address, now) == State.FREE) {
                    return new Choice.Free(eni, address);
                }
            }
        }
        return new Choice.None(Scarcity.of(this, now));
    }

    /// How many of an interface's addresses are in a state.
    public long count(Eni eni, State state, Instant now) {
        return eni.addresses().stream().filter(address -> state(address, now) == state).count();
    }

    public long count(State state, Instant now) {
        return enis.stream().mapToLong(eni -> count(eni, state, now)).sum();
    }

    /// The holdings that have cooled down by a moment.
    List<Holding> over(Instant now) {
        return holdings.values().stream().filter(holding -> holding.isOver(now)).toList();
    }

    Pool knowing(List<Eni> ready, Set<InetAddress> others) {
        return new Pool(ready, holdings, others);
    }

    Pool with(Holding holding) {
        Map<InetAddress, Holding> more = new HashMap<>(holdings);
        more.put(holding.address(), holding);
        return new Pool(enis, more, foreign);
    }

    Pool without(InetAddress address) {
        Map<InetAddress, Holding> rest = new HashMap<>(holdings);
        rest.remove(address);
        return new Pool(enis, rest, foreign);
    }
}
