package io.patchbay.vpc.pool;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.pool.Action.Remove;
import io.patchbay.vpc.pool.Action.Unassign;
import io.patchbay.vpc.pool.Tally.OfBlock;
import io.patchbay.vpc.pool.Tally.OfEni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is given back: only what has neither a pod nor an address that cools.
record Shrinkage(Ledger ledger) {
    // As the VPC CNI: an interface that was just made is not given back at once.
    private static final Duration YOUNG = Duration.ofMinutes(1);
    // Pods that go are often followed by pods that come, as in a rollout.
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration BETWEEN = Duration.ofSeconds(30);

    private Situation now() {
        return ledger.situation();
    }

    /// Of interfaces that take no further pods everything, whatever is needed elsewhere.
    List<Action> drained() {
        List<Action> actions = new ArrayList<>();
        for (OfEni one : ledger.tally().enis()) {
            if (!one.open() && !ledger.isBusy(one.eni().id())) {
                if (isRemovable(one)) {
                    actions.add(new Remove(one.eni().id()));
                    return actions;
                }
                if (!mayBeRemovedLater(one)) {
                    for (Order.Kind kind : Order.Kind.values()) {
                        unassign(one.eni(), unused(one, kind)).ifPresent(actions::add);
                    }
                }
            }
        }
        return actions;
    }

    /// What is beyond the targets, one step at a time.
    List<Action> surplus() {
        if (now().waiting() > 0
                || ledger.incoming() > 0
                || now().history().grown().plus(QUIET).isAfter(now().now())
                || now().history().shrunk().plus(BETWEEN).isAfter(now().now())) {
            return List.of();
        }
        List<Action> leftovers = leftovers();
        if (!leftovers.isEmpty()) {
            return leftovers;
        }
        return wholeInterface().map(List::of).orElseGet(this::blocks);
    }

    /// Empty blocks of the other kind: single addresses that made up for prefixes, or what is left
    /// of the mode before. They are kept for as long as their subnet has no better.
    private List<Action> leftovers() {
        List<Action> actions = new ArrayList<>();
        if (stock() >= ledger.band().fill()) {
            for (OfEni one : changeable()) {
                if (!now().setbacks()
                        .barsSubnet(one.eni().subnetId(), ledger.kind(), now().now())) {
                    ledger.otherKind()
                            .flatMap(kind -> unassign(one.eni(), unused(one, kind)))
                            .ifPresent(actions::add);
                }
            }
        }
        return actions;
    }

    private Optional<Action> wholeInterface() {
        long stock = stock();
        return changeable().stream()
                .filter(this::isRemovable)
                .filter(one ->
                        one.blocks().isEmpty()
                                || (stock > ledger.band().high()
                                        && stock - one.free(ledger.kind()) >= ledger.band().fill()))
                .max(Comparator.comparing(OfEni::eni, Eni.ORDER))
                .map(one -> new Remove(one.eni().id()));
    }

    /// What makes up for the wanted kind counts as stock for growth alone: were it counted here,
    /// the end of a setback would bring back what was returned.
    private long stock() {
        return ledger.free(ledger.kind());
    }

    /// The emptiest interface first.
    private List<Action> blocks() {
        List<Action> actions = new ArrayList<>();
        long stock = stock();
        if (stock <= ledger.band().high() || ledger.band().whole()) {
            return actions;
        }
        long over = stock - ledger.band().fill();
        for (OfEni one : changeable().stream().sorted(Tally.DENSE.reversed()).toList()) {
            long size = Targets.size(ledger.kind());
            List<Cidr> unused =
                    unused(one, ledger.kind()).stream().limit(Math.max(0, over / size)).toList();
            over -= unused.size() * size;
            unassign(one.eni(), unused).ifPresent(actions::add);
        }
        return actions;
    }

    private List<OfEni> changeable() {
        return ledger.open().stream().filter(one -> !ledger.isBusy(one.eni().id())).toList();
    }

    private boolean isRemovable(OfEni one) {
        return mayBeRemovedLater(one)
                && !now().history().isYoung(one.eni().id(), now().now().minus(YOUNG))
                && now().inFlight().stream().noneMatch(Remove.class::isInstance);
    }

    private boolean mayBeRemovedLater(OfEni one) {
        return one.isUnused()
                && !one.eni().isPrimary()
                && !now().roles().kept().contains(one.eni().id());
    }

    private static List<Cidr> unused(OfEni one, Order.Kind kind) {
        return one.blocks().stream()
                .filter(block -> block.kind() == kind && block.isUnused())
                .map(OfBlock::block)
                .toList();
    }

    private static Optional<Action> unassign(Eni eni, List<Cidr> blocks) {
        return blocks.isEmpty() ? Optional.empty() : Optional.of(new Unassign(eni.id(), blocks));
    }
}
