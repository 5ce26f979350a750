package io.patchbay.vpc;

import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import io.patchbay.vpc.pool.Targets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The kinds of address that there are or should be, and how many of each are kept.
///
/// @param standing what pods get whose network does not say: a stock of it is kept in any case
record Demands(Addresses addresses, Targets targets, Supplier<Set<Demand>> standing) {

    /// Those that are waited for first: the instance may take but one more interface.
    List<Demand> all() {
        Set<Demand> waiting = addresses.demands();
        Set<Demand> all = new LinkedHashSet<>(standing.get());
        all.addAll(waiting);
        // What is left of an earlier setting, to be given back.
        for (Eni eni : addresses.pool().enis()) {
            all.add(new Demand(eni.config(), Family.IPV4));
            if (!eni.only(Family.IPV6).blocks().isEmpty()) {
                all.add(new Demand(eni.config(), Family.IPV6));
            }
        }
        return all.stream()
                .sorted(Comparator.comparing(demand -> !waiting.contains(demand)))
                .toList();
    }

    Targets targets(Demand demand) {
        boolean stands = standing.get().contains(demand);
        // Of one interface there is what its own kind has in stock, and what is waited for.
        boolean wanted = demand.eni().isEmpty() && (stands || isInUse(demand));
        return targets.of(demand, stands, wanted);
    }

    private boolean isInUse(Demand demand) {
        Pool pool = addresses.pool();
        Set<String> enis = Set.copyOf(pool.facing(demand).enis().stream().map(Eni::id).toList());
        return addresses.waiting(demand) > 0
                || pool.holdings().values().stream()
                        .filter(Holding::isAssigned)
                        .anyMatch(holding ->
                                holding.family() == demand.family()
                                        && enis.contains(holding.eni()));
    }

    /// What an interface of the pool was made for.
    EniConfig config(String eni) {
        return addresses.pool().enis().stream()
                .filter(one -> one.id().equals(eni))
                .map(Eni::config)
                .findFirst()
                .orElse(EniConfig.NODE);
    }
}
