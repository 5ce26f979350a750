package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Subnet;
import io.patchbay.vpc.pool.Action.Assign;
import io.patchbay.vpc.pool.Action.Create;
import io.patchbay.vpc.pool.Tally.OfEni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Orders for more addresses, as one decision makes them: each order takes from what the next may
/// count on.
final class Growth {
    private final Ledger ledger;
    private final Situation now;
    private final List<Action> actions = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<Integer, Integer> newOnCard = new HashMap<>();
    private final Map<String, Integer> leftInSubnet = new HashMap<>();

    Growth(Ledger ledger) {
        this.ledger = ledger;
        this.now = ledger.situation();
        now.subnets().forEach(subnet -> leftInSubnet.put(subnet.id(), subnet.free()));
        for (Action action : now.inFlight()) {
            if (action instanceof Create create) {
                take(create);
            }
        }
    }

    List<Action> actions() {
        return List.copyOf(actions);
    }

    /// Orders blocks of a kind for so many addresses, and tells how many it could.
    long order(Order.Kind kind, long addresses) {
        if (!ledger.targets().provisions() || now.setbacks().barsCloud(now.now())) {
            return 0;
        }
        long ordered = assign(kind, addresses);
        return ordered + create(kind, addresses - ordered);
    }

    /// The densest interface first. An interface has one order at a time: what it has room for is
    /// known only when that is answered.
    private long assign(Order.Kind kind, long addresses) {
        long ordered = 0;
        for (OfEni one : ledger.open().stream().sorted(Tally.DENSE).toList()) {
            int most = Math.min(room(one.eni(), kind), mostOf(one.eni().subnetId(), kind));
            int count = Math.min(most, blocks(kind, addresses - ordered));
            if (count > 0) {
                asked.add(one.eni().id());
                actions.add(new Assign(one.eni().id(), new Order(kind, count)));
                ordered += count * Targets.size(kind);
            }
        }
        return ordered;
    }

    private int room(Eni eni, Order.Kind kind) {
        return ledger.isBusy(eni.id())
                        || asked.contains(eni.id())
                        || now.setbacks().barsSubnet(eni.subnetId(), kind, now.now())
                ? 0
                : now.limits().slots() - eni.blocks().size();
    }

    /// Several at once where one is not enough. What is coming anyway can have a prefix of IPv6 as
    /// soon as it is there.
    private long create(Order.Kind kind, long addresses) {
        long ordered = 0;
        if (kind.family() == Family.IPV6 && isComing()) {
            return ordered;
        }
        while (ordered < addresses
                && now.demand().eni().isEmpty()
                && !now.setbacks().barsInstance(now.now())) {
            OptionalInt card = freeCard();
            Optional<Subnet> subnet = roomiest(kind);
            if (card.isEmpty() || subnet.isEmpty()) {
                return ordered;
            }
            int most = Math.min(mostOf(subnet.get().id(), kind), fits(subnet.get(), kind));
            int count = Math.min(most, blocks(kind, addresses - ordered));
            Create create =
                    new Create(
                            now.demand().config(),
                            card.getAsInt(),
                            subnet.get().id(),
                            new Order(kind, count));
            take(create);
            actions.add(create);
            ordered += count * Targets.size(kind);
        }
        return ordered;
    }

    private boolean isComing() {
        return now.inFlight().stream()
                .anyMatch(action ->
                        action instanceof Create create
                                && create.config().equals(now.demand().config()));
    }

    /// How many blocks a new interface can have. It takes an address of its own beside them.
    private int fits(Subnet subnet, Order.Kind kind) {
        int share = Targets.share(kind);
        return share == 0 ? Integer.MAX_VALUE : (leftIn(subnet) - 1) / share;
    }

    /// How many blocks one order of a subnet may be for.
    private int mostOf(String subnet, Order.Kind kind) {
        return now.setbacks().barsSeveral(subnet, kind, now.now()) ? 1 : now.limits().slots();
    }

    /// @return as many blocks as hold so many addresses; of a stock that is of whole interfaces,
    ///   all that fit
    private int blocks(Order.Kind kind, long addresses) {
        if (addresses <= 0) {
            return 0;
        }
        return ledger.band().whole() && kind == ledger.kind()
                ? Integer.MAX_VALUE
                : Math.toIntExact(Math.ceilDiv(addresses, Targets.size(kind)));
    }

    private OptionalInt freeCard() {
        int all =
                now.pool().enis().size()
                        + now.roles().strangers()
                        + now.roles().reserved()
                        + newOnCard.values().stream().mapToInt(Integer::intValue).sum();
        if (all >= ledger.targets().maxEnis().orElse(Integer.MAX_VALUE)) {
            return OptionalInt.empty();
        }
        for (int card = 0; card < now.limits().cards().size(); card++) {
            if (!now.roles().foreign().contains(card)
                    && attached(card) < now.limits().cards().get(card)) {
                return OptionalInt.of(card);
            }
        }
        return OptionalInt.empty();
    }

    private long attached(int card) {
        return now.pool().enis().stream().filter(eni -> eni.card() == card).count()
                + now.roles().occupied().getOrDefault(card, 0)
                + (card == 0 ? now.roles().reserved() : 0)
                + newOnCard.getOrDefault(card, 0);
    }

    /// Beside its blocks an interface takes an address of its own.
    private Optional<Subnet> roomiest(Order.Kind kind) {
        return now.subnets().stream()
                .filter(subnet -> !now.setbacks().barsSubnet(subnet.id(), kind, now.now()))
                .filter(subnet -> leftIn(subnet) > Targets.share(kind))
                .max(Comparator.comparingInt(this::leftIn));
    }

    private int leftIn(Subnet subnet) {
        return leftInSubnet.getOrDefault(subnet.id(), 0);
    }

    private void take(Create create) {
        Order order = create.order();
        int addresses = 1 + order.count() * Targets.share(order.kind());
        newOnCard.merge(create.card(), 1, Integer::sum);
        leftInSubnet.merge(create.subnet(), -addresses, Integer::sum);
        if (now.setbacks().barsSeveral(create.subnet(), order.kind(), now.now())) {
            // The next block is a further one of this interface.
            leftInSubnet.put(create.subnet(), 0);
        }
    }
}
