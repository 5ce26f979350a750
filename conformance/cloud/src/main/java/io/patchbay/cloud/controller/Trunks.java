package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.ControlPlane.EventType;
import io.patchbay.cloud.controller.ControlPlane.Subject;
import io.patchbay.cloud.controller.Ec2.Attached;
import io.patchbay.cloud.controller.Ec2.Creation;
import io.patchbay.cloud.controller.Ec2.Eni;
import io.patchbay.cloud.controller.Ec2.Machine;
import io.patchbay.cloud.vpc.InstanceType;
import io.patchbay.cloud.vpc.InstanceTypes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/// The trunks of nodes that want one. For one thread.
final class Trunks {
    private static final String FAILED = "NodeTrunkFailedInit";

    private final Means means;
    private final Map<String, Trunk> ready = new TreeMap<>();
    private final Map<String, Draft> drafts = new HashMap<>();

    /// One that is on its way, by its instance.
    private record Draft(String order, Optional<String> eni, Instant since) {}

    Trunks(Means means) {
        this.means = means;
    }

    Optional<Trunk> find(String node) {
        return Optional.ofNullable(ready.get(node));
    }

    Collection<Trunk> all() {
        return ready.values();
    }

    /// Forgets what is no more, and deletes what nobody needs.
    void learn(Inventory now, ClusterState state) {
        ready.values()
                .removeIf(trunk ->
                        !now.isAttached(trunk.eni()) && trunk.since().isBefore(means.described()));
        now.spares()
                .filter(eni -> isUseless(eni, state))
                .forEach(eni ->
                        means.attempt(eni.id(), () -> means.ec2().delete(eni.id()), _ -> {}));
    }

    private static boolean isOf(Trunk trunk, ClusterState state) {
        return Optional.ofNullable(state.nodes().get(trunk.node()))
                .flatMap(Node::instance)
                .filter(trunk.machine().id()::equals)
                .isPresent();
    }

    private boolean isUseless(Eni spare, ClusterState state) {
        String instance = spare.tags().getOrDefault(Tag.INSTANCE, "");
        boolean wanted =
                state.cniNodes().values().stream()
                        .filter(CniNode::wantsBranches)
                        .map(node -> state.nodes().get(node.name()))
                        .anyMatch(node ->
                                node != null
                                        && node.instance().filter(instance::equals).isPresent());
        boolean isThere =
                ready.values().stream()
                        .anyMatch(trunk ->
                                trunk.machine().id().equals(instance)
                                        && !trunk.eni().equals(spare.id()));
        boolean isReady = ready.values().stream().anyMatch(t -> t.eni().equals(spare.id()));
        return !isReady && (!wanted || isThere);
    }

    /// Makes what is missing, and tells nodes their capacity.
    void ensure(ClusterState state) {
        ready.values().removeIf(trunk -> !isOf(trunk, state));
        state.cniNodes().values().stream()
                .filter(CniNode::wantsBranches)
                .map(node -> Optional.ofNullable(state.nodes().get(node.name())))
                .flatMap(Optional::stream)
                .forEach(this::ensure);
    }

    private void ensure(Node node) {
        if (!ready.containsKey(node.name()) && node.instance().isPresent()) {
            means.attempt(
                    "trunk of " + node.name(),
                    () -> make(node.name(), node.instance().get()),
                    failure -> failed(node, failure));
        }
        find(node.name())
                .filter(trunk -> !node.capacity().equals(Optional.of(trunk.limit())))
                .ifPresent(trunk -> means.plane().capacity(node.name(), trunk.limit()));
    }

    private void failed(Node node, Ec2Failure failure) {
        if (failure.isFinal()) {
            drafts.values().removeIf(draft -> draft.since().isBefore(means.described()));
        }
        means.notices()
                .warn(
                        Subject.node(node.name()),
                        FAILED,
                        "node %s has no trunk yet: %s"
                                .formatted(node.name(), failure.getMessage()));
    }

    private void make(String node, String instance) {
        Inventory inventory = new Inventory(means.ec2().trunks(), List.of(), Map.of());
        Machine machine = means.ec2().machine(instance);
        Optional<InstanceType> type = InstanceTypes.find(machine.type());
        int limit = type.map(InstanceType::branches).orElse(0);
        OptionalInt device =
                type.map(known -> highestFree(known, machine)).orElse(OptionalInt.empty());
        Optional<Eni> attached = inventory.trunkOf(instance);
        if (limit == 0) {
            refuse(
                    node,
                    "Unsupported",
                    "The instance type %s is not supported for a trunk interface: pods on node %s cannot have security groups of their own"
                            .formatted(machine.type(), node));
        } else if (attached.isPresent()) {
            adopt(node, machine, attached.get(), limit);
        } else if (device.isEmpty()) {
            refuse(
                    node,
                    FAILED,
                    "node %s has no room for a trunk: every device index of its instance %s (%s) is in use; detach an interface"
                            .formatted(node, instance, machine.type()));
        } else {
            Optional<String> spare = inventory.sparesFor(instance).findFirst().map(Eni::id);
            attach(node, machine, device.getAsInt(), limit, spare);
        }
    }

    /// It is looked at again in a while.
    private void refuse(String node, String reason, String sentence) {
        means.notices().warn(Subject.node(node), reason, sentence);
        means.setbacks().fail("trunk of " + node, means.now());
    }

    /// The first one has the primary interface.
    private static OptionalInt highestFree(InstanceType type, Machine machine) {
        int last = type.cards().getFirst() - 1;
        return IntStream.iterate(last, device -> device > 0, device -> device - 1)
                .filter(device -> !machine.devices().contains(device))
                .findFirst();
    }

    private void adopt(String node, Machine machine, Eni eni, int limit) {
        eni.attached()
                .filter(at -> !at.endsWithInstance())
                .map(Attached::id)
                .ifPresent(attachment -> means.ec2().endWithInstance(eni.id(), attachment));
        finish(new Trunk(node, machine, eni.id(), limit, means.now()));
    }

    private void attach(
            String node, Machine machine, int device, int limit, Optional<String> spare) {
        Draft draft =
                drafts.computeIfAbsent(
                        machine.id(),
                        _ -> new Draft(UUID.randomUUID().toString(), spare, means.now()));
        String eni = draft.eni().orElseGet(() -> create(draft, machine));
        drafts.put(machine.id(), new Draft(draft.order(), Optional.of(eni), draft.since()));
        String attachment = means.ec2().attach(eni, machine.id(), device);
        means.ec2().endWithInstance(eni, attachment);
        finish(new Trunk(node, machine, eni, limit, means.now()));
    }

    private String create(Draft draft, Machine machine) {
        return means.ec2()
                .create(
                        new Creation(
                                draft.order(),
                                true,
                                machine.subnet(),
                                machine.groups(),
                                false,
                                Tag.ofTrunk(draft.order(), machine.id())))
                .id();
    }

    private void finish(Trunk trunk) {
        ready.put(trunk.node(), trunk);
        drafts.remove(trunk.machine().id());
        means.notices()
                .tell(
                        Subject.node(trunk.node()),
                        EventType.NORMAL,
                        "NodeTrunkInitiated",
                        "The node has trunk interface %s with room for %d branches"
                                .formatted(trunk.eni(), trunk.limit()));
    }
}
