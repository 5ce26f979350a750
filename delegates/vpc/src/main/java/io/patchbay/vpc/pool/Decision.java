package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.Order;
import java.util.ArrayList;
import java.util.List;

/// What is to be done about the interfaces, in a situation.
public final class Decision {
    // Single addresses take the slots of prefixes: no more of them than a few pods to come need.
    private static final int SUBSTITUTES = 4;

    private Decision() {}

    /// Growth for those who wait and then for the targets; else what can be given back. Usable is
    /// what is neither assigned nor cools. Where prefixes are wanted they are taken from any
    /// interface whose subnet has some, then from a new interface in another subnet; where there
    /// are none, single addresses make up for them until the setback is over.
    public static List<Action> of(Situation situation, Targets targets) {
        if (!targets.provisions() || situation.setbacks().barsCloud(situation.now())) {
            return List.of();
        }
        Ledger ledger = Ledger.of(situation, targets);
        Shrinkage shrinkage = new Shrinkage(ledger);
        long need = ledger.need();
        List<Action> actions = new ArrayList<>(need > 0 ? grow(ledger, need) : List.of());
        if (actions.isEmpty()) {
            actions.addAll(shrinkage.drained());
        }
        if (actions.isEmpty() && need == 0) {
            actions.addAll(shrinkage.surplus());
        }
        return List.copyOf(actions);
    }

    private static List<Action> grow(Ledger ledger, long need) {
        Growth growth = new Growth(ledger);
        long left = need - growth.order(ledger.kind(), need);
        if (left > 0 && ledger.kind() == Order.Kind.PREFIXES) {
            long allFree = ledger.free(Order.Kind.PREFIXES) + ledger.free(Order.Kind.ADDRESSES);
            long covered = need - left + allFree + ledger.incoming();
            growth.order(
                    Order.Kind.ADDRESSES,
                    Math.min(left, ledger.situation().waiting() + SUBSTITUTES - covered));
        }
        return growth.actions();
    }

    /// Whether not one more address is to be had at this time: every slot is taken, or EC2 has
    /// refused lately. Then an address that has cooled for long may be given early.
    public static boolean isFull(Situation situation, Targets targets) {
        Ledger ledger = Ledger.of(situation, targets);
        return ledger.incoming() == 0
                && !ledger.canGrowBy(ledger.kind())
                && ledger.otherKind().filter(ledger::canGrowBy).isEmpty();
    }
}
