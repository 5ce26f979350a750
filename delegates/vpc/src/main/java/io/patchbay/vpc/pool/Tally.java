package io.patchbay.vpc.pool;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What every block of every interface has at a moment.
record Tally(List<OfEni> enis) {
    private static final int IPV4_PREFIX = 28;
    private static final int IPV6_PREFIX = 80;

    /// Densely packed first: the primary interface, which is never given back, then the one with
    /// the most pods, so that the others become empty.
    static final Comparator<OfEni> DENSE =
            Comparator.comparing((OfEni one) -> !one.eni().isPrimary())
                    .thenComparing(Comparator.comparingLong(OfEni::pods).reversed())
                    .thenComparing(OfEni::eni, Eni.ORDER);

    /// @param open whether it takes further pods
    /// @param counts of all its blocks
    record OfEni(Eni eni, boolean open, List<OfBlock> blocks, Map<State, Long> counts) {
        static OfEni of(Eni eni, boolean open, List<OfBlock> blocks) {
            Map<State, Long> counts = new EnumMap<>(State.class);
            for (OfBlock block : blocks) {
                block.counts().forEach((state, count) -> counts.merge(state, count, Long::sum));
            }
            return new OfEni(eni, open, blocks, counts);
        }

        /// Addresses that pods have: ours, and another plugin's.
        long pods() {
            return count(State.ASSIGNED) + count(State.FOREIGN);
        }

        long count(State state) {
            return counts.getOrDefault(state, 0L);
        }

        long free(Order.Kind kind) {
            return blocks.stream()
                    .filter(block -> block.kind() == kind)
                    .mapToLong(block -> block.count(State.FREE))
                    .sum();
        }

        boolean isUnused() {
            return blocks.stream().allMatch(OfBlock::isUnused);
        }
    }

    record OfBlock(Cidr block, Map<State, Long> counts) {
        static final Comparator<OfBlock> DENSE =
                Comparator.comparingLong(OfBlock::pods)
                        .thenComparingLong(block -> block.count(State.COOLING))
                        .thenComparingLong(OfBlock::size)
                        .reversed();

        long count(State state) {
            return counts.getOrDefault(state, 0L);
        }

        long size() {
            return 1L << Math.min(62, (block.isIpv6() ? 128 : 32) - block.prefix());
        }

        Order.Kind kind() {
            if (block.isIpv6()) {
                return Order.Kind.IPV6_PREFIXES;
            }
            return size() == 1 ? Order.Kind.ADDRESSES : Order.Kind.PREFIXES;
        }

        boolean isUnused() {
            return count(State.FREE) == size();
        }

        long pods() {
            return count(State.ASSIGNED) + count(State.FOREIGN);
        }
    }

    static Tally of(Pool pool, Instant now) {
        Map<Cidr, OfBlock> byBlock = new HashMap<>();
        Map<String, List<OfBlock>> byEni = new HashMap<>();
        for (Eni eni : pool.enis()) {
            List<OfBlock> blocks = eni.blocks().stream().map(Tally::empty).toList();
            blocks.forEach(block -> byBlock.put(block.block().network(), block));
            byEni.put(eni.id(), blocks);
        }
        Set<InetAddress> taken = new HashSet<>(pool.holdings().keySet());
        taken.addAll(pool.foreign());
        for (InetAddress address : taken) {
            State state = pool.state(address, now);
            find(byBlock, address)
                    .filter(_ ->
                            state == State.ASSIGNED
                                    || state == State.COOLING
                                    || state == State.FOREIGN)
                    .ifPresent(block -> block.counts().merge(state, 1L, Long::sum));
        }
        byBlock.values().forEach(block -> fill(block, pool.returning().contains(block.block())));
        return new Tally(
                pool.enis().stream()
                        .map(eni ->
                                OfEni.of(
                                        eni,
                                        !pool.closed().contains(eni.id()),
                                        byEni.getOrDefault(eni.id(), List.of())))
                        .toList());
    }

    private static OfBlock empty(Cidr block) {
        return new OfBlock(block, new EnumMap<>(State.class));
    }

    private static void fill(OfBlock block, boolean returning) {
        long rest =
                block.size()
                        - block.count(State.ASSIGNED)
                        - block.count(State.COOLING)
                        - block.count(State.FOREIGN);
        block.counts().put(returning ? State.RETURNING : State.FREE, rest);
    }

    private static Optional<OfBlock> find(Map<Cidr, OfBlock> byBlock, InetAddress address) {
        int prefix = Family.of(address) == Family.IPV4 ? IPV4_PREFIX : IPV6_PREFIX;
        return Optional.ofNullable(byBlock.get(Cidr.host(address)))
                .or(() -> Optional.ofNullable(byBlock.get(new Cidr(address, prefix).network())));
    }

    /// How many addresses an interface has for pods.
    long size(Eni eni) {
        return enis.stream()
                .filter(one -> one.eni().equals(eni))
                .flatMap(one -> one.blocks().stream())
                .mapToLong(OfBlock::size)
                .sum();
    }

    long count(State state) {
        return enis.stream().mapToLong(one -> one.count(state)).sum();
    }
}
