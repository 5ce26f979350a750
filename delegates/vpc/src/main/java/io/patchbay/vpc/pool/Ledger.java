package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.pool.Pool.State;
import io.patchbay.vpc.pool.Setbacks.What;
import io.patchbay.vpc.pool.Tally.OfEni;
import java.util.List;
import java.util.Optional;

/// A situation in numbers: what there is against what should be.
record Ledger(Situation situation, Targets targets, Tally tally) {
    static Ledger of(Situation situation, Targets targets) {
        return new Ledger(situation, targets, Tally.of(situation.pool(), situation.now()));
    }

    Order.Kind kind() {
        return targets.kind(situation.limits());
    }

    /// What makes up for the wanted kind, or is left of the mode before; of IPv6 there is one kind.
    Optional<Order.Kind> otherKind() {
        return switch (kind()) {
            case PREFIXES -> Optional.of(Order.Kind.ADDRESSES);
            case ADDRESSES -> Optional.of(Order.Kind.PREFIXES);
            case IPV6_PREFIXES -> Optional.empty();
        };
    }

    private long freeOfOtherKind() {
        return otherKind().map(this::free).orElse(0L);
    }

    List<OfEni> open() {
        return tally.enis().stream().filter(OfEni::open).toList();
    }

    long free(Order.Kind of) {
        return open().stream().mapToLong(one -> one.free(of)).sum();
    }

    Band band() {
        long used = tally.count(State.ASSIGNED) + tally.count(State.FOREIGN);
        return targets.band(Math.toIntExact(used), situation.limits());
    }

    /// The addresses that have been ordered.
    long incoming() {
        return situation.inFlight().stream()
                .flatMap(action -> order(action).stream())
                .filter(situation.demand()::suits)
                .mapToLong(order -> order.count() * Targets.size(order.kind()))
                .sum();
    }

    /// What an action gets for this kind's interfaces.
    private Optional<Order> order(Action action) {
        return switch (action) {
            case Action.Assign(String eni, Order order) ->
                    situation.pool().eni(eni).map(_ -> order);
            case Action.Create create ->
                    Optional.of(create)
                            .filter(one -> situation.demand().suits(one.config()))
                            .map(Action.Create::order);
            case Action.Unassign _, Action.Remove _ -> Optional.empty();
        };
    }

    /// The free addresses that count as stock: those of the kind that is wanted, and where that is
    /// not to be had, all.
    long stock() {
        return free(kind()) + (canGrowBy(kind()) ? 0 : freeOfOtherKind());
    }

    boolean canGrowBy(Order.Kind of) {
        Growth growth = new Growth(this);
        return growth.order(of, 1) > 0;
    }

    /// How many addresses are missing: those who wait come first, and may have any; then the stock
    /// is made up.
    long need() {
        long stock = stock();
        long other = free(kind()) + freeOfOtherKind() - stock;
        long demand = Math.max(0, situation.waiting() - other);
        long left = stock + incoming() - demand;
        return left < band().low() ? band().fill() - left : 0;
    }

    boolean isBusy(String eni) {
        boolean inFlight =
                situation.inFlight().stream()
                        .anyMatch(action ->
                                switch (action) {
                                    case Action.Assign(String id, _) -> id.equals(eni);
                                    case Action.Unassign(String id, _) -> id.equals(eni);
                                    case Action.Remove(String id) -> id.equals(eni);
                                    case Action.Create _ -> false;
                                });
        return inFlight || situation.setbacks().bars(What.INTERFACE, eni, situation.now());
    }
}
