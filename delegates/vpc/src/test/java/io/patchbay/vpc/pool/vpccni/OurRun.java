package io.patchbay.vpc.pool.vpccni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.MemoryJournal;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Subnet;
import io.patchbay.vpc.pool.Action;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Decision;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Enis;
import io.patchbay.vpc.pool.History;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool.State;
import io.patchbay.vpc.pool.Roles;
import io.patchbay.vpc.pool.Setbacks;
import io.patchbay.vpc.pool.Situation;
import io.patchbay.vpc.pool.Targets;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Our pool under a workload: a decision after each event, and what it orders in flight. An ADD
/// that finds nothing waits. Everything that may never be is looked for after each event.
final class OurRun {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofSeconds(5);

    private final Agenda agenda = new Agenda();
    private final Calls ec2 = new Calls();
    private final Addresses addresses =
            new Addresses(new MemoryJournal<>(), agenda.clock(), COOLDOWN);
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<Action> inFlight = new ArrayList<>();
    private final Map<InetAddress, String> owners = new HashMap<>();
    private final Map<InetAddress, Instant> freed = new HashMap<>();
    private final Outcome outcome;
    private final Targets targets;
    private final InstanceLimits limits;
    private History history = History.NONE;
    private int devices = 1;

    private record Waiting(Workload.Pod pod, Instant asked) {}

    OurRun(String who, Targets targets, InstanceLimits limits) {
        this.outcome = new Outcome(who, ec2);
        this.targets = targets;
        this.limits = limits;
        addresses.learn(List.of(Enis.eni(0, 0, List.of())), Set.of());
    }

    Outcome run(Workload workload, Duration idleBefore, Duration length) {
        agenda.after(Duration.ZERO, this::tick);
        for (Workload.Pod pod : workload.pods()) {
            agenda.after(
                    idleBefore.plus(pod.arrives()),
                    () -> waiting.add(new Waiting(pod, agenda.now())));
        }
        agenda.run(agenda.now().plus(length), this::afterwards);
        checkTheEnd();
        return outcome;
    }

    private void tick() {
        agenda.after(TICK, this::tick);
    }

    private void afterwards() {
        serve();
        checkNoneIsRefusedInVain();
        Situation now = situation();
        for (Action action : Decision.of(now, targets)) {
            start(action);
        }
        addresses.full(Demand.NODE, Decision.isFull(situation(), targets));
    }

    private Situation situation() {
        return new Situation(
                Demand.NODE,
                addresses.pool(),
                waiting.size(),
                limits,
                Roles.NONE,
                List.of(
                        new Subnet(
                                "subnet-a",
                                Cidr.parse("10.0.0.0/8"),
                                Optional.empty(),
                                100_000,
                                Map.of())),
                Setbacks.NONE,
                inFlight,
                history,
                agenda.now());
    }

    private void serve() {
        while (!waiting.isEmpty()) {
            Waiting first = waiting.peek();
            Optional<Holding> holding = addresses.assign(id(first.pod()), 1);
            if (holding.isEmpty()) {
                return;
            }
            waiting.remove();
            take(first.pod(), holding.get().address());
            outcome.served(Duration.between(first.asked(), agenda.now()));
            agenda.after(first.pod().lives(), () -> leave(first.pod(), holding.get().address()));
        }
    }

    private void take(Workload.Pod pod, InetAddress address) {
        assertThat(owners.put(address, pod.name())).as("double assignment of %s", address).isNull();
        assertThat(freed.getOrDefault(address, Instant.MIN))
                .as("%s cools for a third of its time at least", address)
                .isBeforeOrEqualTo(agenda.now().minus(COOLDOWN.dividedBy(3)));
        assertThat(ec2.assigned()).anyMatch(block -> block.contains(address));
    }

    private void leave(Workload.Pod pod, InetAddress address) {
        owners.remove(address);
        freed.put(address, agenda.now());
        addresses.release(id(pod), true);
    }

    private void start(Action action) {
        switch (action) {
            case Action.Assign(String eni, Order order) -> {
                ec2.call("AssignPrivateIpAddresses");
                inFlight.add(action);
                agenda.after(
                        Ipamd.ASSIGNING,
                        () -> {
                            addresses.gain(eni, blocks(order));
                            history = history.grown(agenda.now());
                            inFlight.remove(action);
                        });
            }
            case Action.Create(_, int card, _, Order order) -> {
                ec2.call(
                        "DescribeSubnets",
                        "CreateNetworkInterface",
                        "AttachNetworkInterface",
                        "ModifyNetworkInterfaceAttribute");
                inFlight.add(action);
                agenda.after(
                        Ipamd.CREATING,
                        () -> {
                            Eni eni = Enis.eni(devices++, card, blocks(order));
                            addresses.learn(
                                    Stream.concat(addresses.pool().enis().stream(), Stream.of(eni))
                                            .toList(),
                                    Set.of());
                            history = history.created(eni.id(), agenda.now());
                            inFlight.remove(action);
                        });
            }
            case Action.Unassign(_, List<Cidr> blocks) -> {
                if (addresses.reserve(action)) {
                    ec2.call("UnassignPrivateIpAddresses");
                    giveBack(action, blocks, Ipamd.ASSIGNING);
                }
            }
            case Action.Remove(String eni) -> {
                if (addresses.reserve(action)) {
                    ec2.call(
                            "DetachNetworkInterface",
                            "DescribeNetworkInterfaces",
                            "DeleteNetworkInterface");
                    giveBack(action, blocksOf(eni), Ipamd.FREEING);
                }
            }
        }
    }

    private void giveBack(Action action, List<Cidr> blocks, Duration latency) {
        inFlight.add(action);
        ec2.unassign(blocks);
        agenda.after(
                latency,
                () -> {
                    addresses.confirm(action);
                    history = history.shrunk(agenda.now());
                    inFlight.remove(action);
                });
    }

    private List<Cidr> blocks(Order order) {
        return ec2.assign(order.count(), order.kind() == Order.Kind.PREFIXES);
    }

    private List<Cidr> blocksOf(String id) {
        return addresses.pool().enis().stream()
                .filter(eni -> eni.id().equals(id))
                .flatMap(eni -> eni.blocks().stream())
                .toList();
    }

    private void checkNoneIsRefusedInVain() {
        if (!waiting.isEmpty()) {
            assertThat(addresses.pool().count(State.FREE, agenda.now()))
                    .as("an address is free while %d wait", waiting.size())
                    .isZero();
        }
        assertThat(addresses.pool().count(State.ASSIGNED, agenda.now())).isEqualTo(owners.size());
    }

    private void checkTheEnd() {
        assertThat(waiting).isEmpty();
        assertThat(inFlight).isEmpty();
        assertThat(owners).isEmpty();
        assertThat(addresses.pool().count(State.ASSIGNED, agenda.now())).isZero();
        assertThat(
                        addresses.pool().enis().stream()
                                .flatMap(eni -> eni.blocks().stream())
                                .collect(Collectors.toSet()))
                .as("what EC2 has assigned")
                .isEqualTo(ec2.assigned());
    }

    private static AttachmentId id(Workload.Pod pod) {
        return new AttachmentId(pod.name(), "pods", "eth0");
    }
}
