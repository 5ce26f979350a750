package io.patchbay.vpc;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Creation;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniNote;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Intents;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.eni.Subnet;
import io.patchbay.vpc.pool.Action;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.History;
import io.patchbay.vpc.pool.Pool;
import io.patchbay.vpc.pool.Roles;
import io.patchbay.vpc.pool.Setbacks;
import io.patchbay.vpc.pool.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    /// The situation as a decision needs it.
    synchronized Situation situation(
            InstanceLimits limits,
            Intents intents,
            Addresses addresses,
            Reading last,
            List<Subnet> subnets,
            Instant now) {
        Pool pool = addresses.pool();
        Set<String> own = pool.enis().stream().map(Eni::id).collect(Collectors.toSet());
        List<EniNote> coming = intents.coming(own);
        return new Situation(
                pool,
                addresses.waiting(),
                limits,
                new Roles(
                        Set.of(),
                        occupied(last.attached(), own, coming),
                        Role.foreignCards(last.attached(), last.roles()),
                        0),
                subnets,
                setbacks,
                Stream.concat(inFlight.stream(), resumed(coming, now).stream()).toList(),
                history,
                now);
    }

    /// How many interfaces of each card are others'.
    private static Map<Integer, Integer> occupied(
            List<NetworkInterface> attached, Set<String> own, List<EniNote> coming) {
        Set<String> known = new HashSet<>(own);
        coming.forEach(note -> known.add(note.eni()));
        Map<Integer, Integer> occupied = new HashMap<>();
        attached.stream()
                .filter(eni -> !known.contains(eni.id()))
                .flatMap(eni -> eni.attachment().stream())
                .forEach(at -> occupied.merge(at.card(), 1, Integer::sum));
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
                note.card(),
                wanted.subnet(),
                expected ? wanted.order() : new Order(wanted.order().kind(), 0));
    }
}
