package io.patchbay.vpc.pool;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Eni;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What EC2 confirmed lately. Instance metadata lags behind it: for a while it still tells what was
/// returned, and not yet what was assigned.
///
/// @param blocks of each interface, by when they came or went
/// @param removed interfaces, by when they went
record Changes(Map<Place, Change> blocks, Map<String, Instant> removed) {
    static final Changes NONE = new Changes(Map.of(), Map.of());

    // As long as the VPC CNI ignores what was returned.
    private static final Duration LAG = Duration.ofMinutes(1);

    record Place(String eni, Cidr block) {}

    record Change(boolean gained, Instant when) {}

    Changes {
        blocks = Map.copyOf(blocks);
        removed = Map.copyOf(removed);
    }

    Changes with(String eni, Collection<Cidr> changed, boolean gained, Instant now) {
        Map<Place, Change> more = new HashMap<>(blocks);
        changed.forEach(block -> more.put(new Place(eni, block), new Change(gained, now)));
        return new Changes(more, removed);
    }

    Changes without(String eni, Instant now) {
        Map<String, Instant> more = new HashMap<>(removed);
        more.put(eni, now);
        return new Changes(blocks, more);
    }

    Changes since(Instant now) {
        Map<Place, Change> late = new HashMap<>(blocks);
        late.values().removeIf(change -> change.when().plus(LAG).isBefore(now));
        Map<String, Instant> gone = new HashMap<>(removed);
        gone.values().removeIf(when -> when.plus(LAG).isBefore(now));
        return new Changes(late, gone);
    }

    /// An interface as it must be by now; empty where it was removed.
    Optional<Eni> corrected(Eni told) {
        if (removed.containsKey(told.id())) {
            return Optional.empty();
        }
        Set<Cidr> now = new LinkedHashSet<>(told.blocks());
        blocks.entrySet().stream()
                .filter(entry -> entry.getKey().eni().equals(told.id()))
                .sorted(
                        Comparator.comparing(
                                entry -> entry.getKey().block().address().getAddress(),
                                Arrays::compareUnsigned))
                .forEach(entry -> {
                    if (entry.getValue().gained()) {
                        now.add(entry.getKey().block());
                    } else {
                        now.remove(entry.getKey().block());
                    }
                });
        return Optional.of(told.with(List.copyOf(now)));
    }
}
