package io.patchbay.vpc.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Order.Kind;
import io.patchbay.vpc.eni.Subnet;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random nodes whose pods then stay as they are: whatever a node was, its decisions lead to rest.
class DecisionRandomTest {
    private static final int NODES = 150;
    private static final int STEPS = 60;

    private final Map<String, Eni> enis = new TreeMap<>();
    private final Map<InetAddress, Holding> holdings =
            new TreeMap<>((a, b) -> Cidr.text(a).compareTo(Cidr.text(b)));
    private final Set<String> closed = new HashSet<>();
    private Setbacks setbacks = Setbacks.NONE;
    private History history = History.NONE;
    private Instant now = Scene.NOW;
    private int made;
    private int devices;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everyOrderFitsNothingInUseIsGivenBackAndThePoolComesToRest(long seed) {
        Random random = new Random(seed);
        for (int node = 0; node < NODES; node++) {
            InstanceLimits limits =
                    new InstanceLimits(
                            random.nextBoolean() ? List.of(3) : List.of(2, 2),
                            3 + random.nextInt(8),
                            true);
            Targets targets = targets(random);
            populate(random, limits);
            int waiting = random.nextInt(4) == 0 ? random.nextInt(60) : 0;
            settle(random, limits, targets, waiting);
        }
    }

    private void settle(Random random, InstanceLimits limits, Targets targets, int waiting) {
        int left = waiting;
        for (int step = 0; step < STEPS; step++) {
            now = now.plusSeconds(61);
            left = serve(left);
            Situation situation = situation(limits, left);
            List<Action> actions = Decision.of(situation, targets);
            checkFull(situation, targets, left, actions);
            if (actions.isEmpty() && setbacks.next(now).isEmpty()) {
                return;
            }
            assertThat(actions.stream().filter(Action.Remove.class::isInstance)).hasSizeLessThan(2);
            for (Action action : actions) {
                check(action, limits, targets);
                if (step < 5 && random.nextInt(4) == 0) {
                    setbacks = setbacks.after(action, "subnet-a", refusal(random), now);
                } else {
                    apply(action, limits);
                }
            }
        }
        throw new AssertionError("no rest after " + STEPS + " steps: " + situation(limits, left));
    }

    private void checkFull(Situation situation, Targets targets, int left, List<Action> actions) {
        if (left > 0 && actions.isEmpty() && setbacks.next(now).isEmpty()) {
            assertThat(Decision.isFull(situation, targets)).as("%s", situation).isTrue();
        }
    }

    private static Reason refusal(Random random) {
        List<Reason> all = List.of(Reason.values());
        return all.get(random.nextInt(all.size()));
    }

    private Situation situation(InstanceLimits limits, int waiting) {
        return new Situation(
                Demand.NODE,
                new Pool(List.copyOf(enis.values()), holdings, Set.of(), closed, Set.of()),
                waiting,
                limits,
                Roles.NONE,
                List.of(
                        new Subnet(
                                "subnet-a",
                                Cidr.parse("10.0.0.0/8"),
                                Optional.empty(),
                                5000,
                                Map.of())),
                setbacks,
                List.of(),
                history,
                now);
    }

    private void check(Action action, InstanceLimits limits, Targets targets) {
        switch (action) {
            case Action.Assign(String id, Order order) -> {
                assertThat(order.count()).isPositive();
                assertThat(get(id).blocks().size() + order.count())
                        .isLessThanOrEqualTo(limits.slots());
                assertThat(closed).doesNotContain(id);
            }
            case Action.Create(_, int card, _, Order order) -> {
                assertThat(order.count()).isBetween(1, limits.slots());
                assertThat(onCard(card)).isLessThan(limits.cards().get(card));
                assertThat(enis.size()).isLessThan(targets.maxEnis().orElse(limits.enis()));
            }
            case Action.Unassign(String id, List<Cidr> blocks) -> {
                assertThat(get(id).blocks()).containsAll(blocks);
                assertThat(blocks.stream().map(Cidr::prefix).distinct()).hasSize(1);
                assertUnused(blocks);
            }
            case Action.Remove(String id) -> {
                assertThat(get(id).isPrimary()).isFalse();
                assertThat(history.isYoung(id, now.minusSeconds(60))).isFalse();
                assertUnused(get(id).blocks());
            }
        }
    }

    private Eni get(String id) {
        return Objects.requireNonNull(enis.get(id), id);
    }

    private long onCard(int card) {
        return enis.values().stream().filter(eni -> eni.card() == card).count();
    }

    private void assertUnused(List<Cidr> blocks) {
        for (InetAddress address : holdings.keySet()) {
            assertThat(blocks).noneMatch(block -> block.contains(address));
        }
    }

    private void apply(Action action, InstanceLimits limits) {
        switch (action) {
            case Action.Assign(String id, Order order) -> {
                enis.put(id, get(id).with(more(get(id), order)));
                history = history.grown(now);
            }
            case Action.Create(_, int card, _, Order order) -> {
                assertThat(onCard(card)).isLessThan(limits.cards().get(card));
                add(card, order);
            }
            case Action.Unassign(String id, List<Cidr> blocks) -> {
                List<Cidr> rest = new ArrayList<>(get(id).blocks());
                rest.removeAll(blocks);
                enis.put(id, get(id).with(rest));
                history = history.shrunk(now);
            }
            case Action.Remove(String id) -> {
                enis.remove(id);
                history = history.shrunk(now);
            }
        }
    }

    private List<Cidr> more(Eni eni, Order order) {
        List<Cidr> blocks = new ArrayList<>(eni.blocks());
        for (int i = 0; i < order.count(); i++) {
            InetAddress first = Cidr.parse("10.0.0.0/8").at(16L * ++made);
            blocks.add(new Cidr(first, order.kind() == Kind.PREFIXES ? 28 : 32));
        }
        return blocks;
    }

    private void add(int card, Order order) {
        Eni eni = Enis.eni(devices++, card, List.of());
        enis.put(eni.id(), eni.with(more(eni, order)));
        history = history.created(eni.id(), now);
    }

    private int serve(int waiting) {
        Pool pool = situation(new InstanceLimits(List.of(1), 2, true), 0).pool();
        int left = waiting;
        while (left > 0 && pool.choose(now, Duration.ZERO) instanceof Choice.Free free) {
            hold(free.address(), Optional.empty());
            pool = situation(new InstanceLimits(List.of(1), 2, true), 0).pool();
            left--;
        }
        return left;
    }

    private void hold(InetAddress address, Optional<Instant> until) {
        holdings.put(
                address,
                new Holding(
                        address,
                        new AttachmentId(Cidr.text(address), "pods", "eth0"),
                        "eni",
                        254,
                        1,
                        until));
    }

    private void populate(Random random, InstanceLimits limits) {
        enis.clear();
        holdings.clear();
        closed.clear();
        setbacks = Setbacks.NONE;
        history = History.NONE;
        devices = 0;
        int attached = 1 + random.nextInt(limits.cards().getFirst());
        for (int device = 0; device < attached; device++) {
            add(0, new Order(Kind.ADDRESSES, random.nextInt(limits.slots())));
            String id = "eni-0" + device;
            if (get(id).blocks().size() < limits.slots() && random.nextBoolean()) {
                int room = limits.slots() - get(id).blocks().size();
                enis.put(id, get(id).with(more(get(id), Order.prefixes(1 + random.nextInt(room)))));
            }
        }
        if (random.nextInt(3) == 0) {
            closed.add("eni-0" + random.nextInt(attached));
        }
        int share = random.nextInt(101);
        Pool pool = situation(limits, 0).pool();
        for (Eni eni : pool.enis()) {
            for (InetAddress address : eni.addresses()) {
                if (random.nextInt(100) < share) {
                    hold(address, Optional.empty());
                }
            }
        }
        assertThat(pool.count(State.ASSIGNED, now)).isZero();
    }

    private static Targets targets(Random random) {
        Kind kind = random.nextBoolean() ? Kind.PREFIXES : Kind.ADDRESSES;
        int warm = random.nextInt(4);
        Stock stock =
                switch (random.nextInt(3)) {
                    case 0 -> new Stock.Proportional();
                    case 1 -> new Stock.Addresses(4 * warm, 10 * random.nextInt(3));
                    default ->
                            kind == Kind.PREFIXES
                                    ? new Stock.Prefixes(warm)
                                    : new Stock.Interfaces(warm);
                };
        return new Targets(
                kind,
                stock,
                random.nextInt(3) == 0 ? OptionalInt.of(4) : OptionalInt.empty(),
                random.nextInt(3) == 0 ? OptionalInt.of(30) : OptionalInt.empty(),
                true);
    }
}
