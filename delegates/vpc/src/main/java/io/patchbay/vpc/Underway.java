package io.patchbay.vpc;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Creation;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.EniNote;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Intents;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.eni.Subnet;
import io.patchbay.vpc.pool.Action;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.History;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import io.patchbay.vpc.pool.Roles;
import io.patchbay.vpc.pool.Setbacks;
import io.patchbay.vpc.pool.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is being done about the interfaces, and what came of it lately. Safe from any thread.
final class Underway {
    // What is not there by then may never come: it has a place on the instance, and is no address
    // to wait for.
    private static final Duration EXPECTED = Duration.ofMinutes(2);

    private final List<Action> inFlight = new ArrayList<>();
    private Setbacks setbacks = Setbacks.NONE;
    private History history = History.NONE;

    synchronized void begin(Action action) {
        inFlight.add(action);
    }

    /// @param subnet that of the action's interface
    /// @param enis the pool's by now
    synchronized void end(
            Action action, String subnet, Optional<Reason> refusal, List<Eni> enis, Instant now) {
        inFlight.remove(action);
        if (refusal.isPresent()) {
            setbacks = setbacks.after(action, subnet, refusal.get(), now);
        } else {
            setbacks = setbacks.answered();
            history =
                    switch (action) {
                        case Action.Assign _ -> history.grown(now);
                        case Action.Create _ -> youngest(enis, now);
                        case Action.Unassign _, Action.Remove _ -> history.shrunk(now);
                    };
        }
    }

    private History youngest(List<Eni> enis, Instant now) {
        History next = history.grown(now);
        for (Eni eni : enis) {
            if (!next.created().containsKey(eni.id())) {
                next = next.created(eni.id(), now);
            }
        }
        return next;
    }

    synchronized Setbacks setbacks() {
        return setbacks;
    }

    /// The situation as a decision about one kind of address needs it.
    ///
    /// @param reserved how many interfaces of card 0 somebody else will attach
    synchronized Situation situation(
            Demand demand,
            InstanceLimits limits,
            Intents intents,
            Addresses addresses,
            Reading last,
            int reserved,
            List<Subnet> subnets,
            Instant now) {
        Pool all = addresses.pool();
        Pool pool = all.facing(demand);
        List<EniNote> coming = intents.coming(ids(all));
        return new Situation(
                demand,
                pool,
                addresses.waiting(demand),
                limits,
                new Roles(
                        kept(demand, all),
                        occupied(last.attached(), all, ids(pool), coming),
                        Role.foreignCards(last.attached(), last.roles()),
                        reserved),
                subnets,
                setbacks,
                Stream.concat(inFlight.stream(), resumed(coming, now).stream()).toList(),
                history,
                now);
    }

    private static Set<String> ids(Pool pool) {
        return pool.enis().stream().map(Eni::id).collect(Collectors.toSet());
    }

    /// An interface is given up by its stock of IPv4, once it has no pod of IPv6 either.
    private static Set<String> kept(Demand demand, Pool pool) {
        return switch (demand.family()) {
            case IPV4 ->
                    pool.holdings().values().stream()
                            .filter(holding -> holding.family() == Family.IPV6)
                            .map(Holding::eni)
                            .collect(Collectors.toSet());
            case IPV6 -> ids(pool);
        };
    }

    /// How many interfaces of each card are others': of other programs, or for other kinds of
    /// address.
    private static Map<Integer, Integer> occupied(
            List<NetworkInterface> attached, Pool pool, Set<String> own, List<EniNote> coming) {
        Map<String, Integer> cards = new HashMap<>();
        attached.forEach(eni -> eni.attachment().ifPresent(at -> cards.put(eni.id(), at.card())));
        pool.enis().forEach(eni -> cards.put(eni.id(), eni.card()));
        cards.keySet().removeAll(own);
        coming.forEach(note -> cards.remove(note.eni()));
        Map<Integer, Integer> occupied = new HashMap<>();
        cards.values().forEach(card -> occupied.merge(card, 1, Integer::sum));
        return occupied;
    }

    /// What is on its way without an action of this process: after a crash, or a lost answer. An
    /// action of this process has the youngest notes.
    private List<Action> resumed(List<EniNote> coming, Instant now) {
        long creating = inFlight.stream().filter(Action.Create.class::isInstance).count();
        return coming.stream()
                .limit(Math.max(0, coming.size() - creating))
                .flatMap(note -> note.creation().stream().map(wanted -> resumed(note, wanted, now)))
                .toList();
    }

    private static Action resumed(EniNote note, Creation wanted, Instant now) {
        boolean expected = Instant.ofEpochMilli(note.since()).plus(EXPECTED).isAfter(now);
        return new Action.Create(
                EniConfig.of(wanted),
                note.card(),
                wanted.subnet(),
                expected ? wanted.order() : new Order(wanted.order().kind(), 0));
    }
}
