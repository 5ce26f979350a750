package io.patchbay.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Mortality;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.PartOfEc2;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// EC2 that knows one interface, whose process may die at any call, and whose answers may be lost.
final class OneEniEc2 implements PartOfEc2 {
    private final Eni eni;
    private final Mortality mortality;
    private final Map<String, Cidr> blocks = new TreeMap<>();
    private Optional<Reason> lost = Optional.empty();
    private Optional<Reason> refused = Optional.empty();
    private int next = 100;

    OneEniEc2(Eni eni, Mortality mortality) {
        this.eni = eni;
        this.mortality = mortality;
        eni.blocks().forEach(block -> blocks.put(block.toString(), block));
    }

    Set<Cidr> blocks() {
        return Set.copyOf(blocks.values());
    }

    /// The interface as instance metadata tells it.
    Eni told() {
        return eni.with(List.copyOf(blocks.values()));
    }

    /// The next change is made, and this is all that is heard of it.
    void loseAnswer(Reason instead) {
        lost = Optional.of(instead);
    }

    /// The next change is not made.
    void refuse(Reason why) {
        refused = Optional.of(why);
    }

    /// Somebody assigns a block at the console.
    Cidr assignByHand() {
        Cidr block = Cidr.host(Cidr.address("10.0.1." + next++));
        blocks.put(block.toString(), block);
        return block;
    }

    private <T> T change(Supplier<T> effect) {
        return mortality.around(() -> {
            Optional<Reason> no = refused;
            refused = Optional.empty();
            no.ifPresent(OneEniEc2::fail);
            T done = effect.get();
            Optional<Reason> instead = lost;
            lost = Optional.empty();
            instead.ifPresent(OneEniEc2::fail);
            return done;
        });
    }

    private static void fail(Reason reason) {
        throw new CloudException(reason, "told to say " + reason);
    }

    @Override
    public List<Cidr> assign(String id, Order order) {
        return change(() -> {
            List<Cidr> come = new ArrayList<>();
            for (int i = 0; i < order.count(); i++) {
                come.add(assignByHand());
            }
            return come;
        });
    }

    @Override
    public void unassign(String id, Collection<Cidr> gone) {
        change(() -> {
            if (!blocks.values().containsAll(gone)) {
                throw new CloudException(Reason.REFUSED, "not all of it is assigned: " + gone);
            }
            return blocks.values().removeAll(gone);
        });
    }

    @Override
    public List<NetworkInterface> attachedTo(String instance) {
        return mortality.around(() ->
                List.of(
                        new NetworkInterface(
                                eni.id(),
                                eni.mac(),
                                "interface",
                                "in-use",
                                eni.subnetId(),
                                "",
                                eni.groups(),
                                Optional.of(eni.primary()),
                                Optional.empty(),
                                List.copyOf(blocks.values()),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty())));
    }
}
