package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.NetworkInterface.Attachment;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// EC2 as a ledger in memory: it keeps client tokens, refuses as EC2 does, and fails when told to,
/// before or after the effect.
final class LedgerEc2 implements PartOfEc2 {
    static final String INSTANCE = "i-1";

    private final Map<String, NetworkInterface> enis = new TreeMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final Mortality mortality;
    private int next = 1;

    /// @param call the method it happens to next
    record Failure(String call, Reason reason, boolean afterEffect) {}

    LedgerEc2(Mortality mortality) {
        this.mortality = mortality;
        NetworkInterface primary = made("subnet-a", "the node's own", Map.of());
        enis.put(primary.id(), attached(primary, 0, 0, true));
    }

    void fail(String call, Reason reason, boolean afterEffect) {
        failures.add(new Failure(call, reason, afterEffect));
    }

    void forgetFailures() {
        failures.clear();
    }

    List<String> calls() {
        return calls;
    }

    /// What somebody else does in the meantime.
    void take(int card, int device) {
        NetworkInterface other = made("subnet-x", "somebody else's", Map.of());
        enis.put(other.id(), attached(other, card, device, true));
    }

    /// Everything but the primary interface.
    List<NetworkInterface> secondaries() {
        return enis.values().stream().skip(1).toList();
    }

    private <T> T call(String name, Supplier<T> effect) {
        return mortality.around(() -> {
            calls.add(name);
            Failure failure = failures.peek();
            boolean fails = failure != null && failure.call.equals(name);
            if (fails) {
                failures.remove();
            }
            if (fails && !failure.afterEffect) {
                throw new CloudException(failure.reason, "told to fail " + name);
            }
            T done = effect.get();
            if (fails) {
                throw new CloudException(failure.reason, "told to fail after " + name);
            }
            return done;
        });
    }

    private NetworkInterface made(String subnet, String description, Map<String, String> tags) {
        int number = next++;
        return new NetworkInterface(
                "eni-" + number,
                new MacAddress(0x0200_0000_0000L + number),
                "interface",
                "available",
                subnet,
                description,
                List.of("sg-1"),
                Optional.of(Cidr.address("10.0.0." + (number + 3))),
                Optional.empty(),
                List.of(),
                tags,
                Optional.empty(),
                Optional.empty());
    }

    private static NetworkInterface attached(
            NetworkInterface eni, int card, int device, boolean deleteOnTermination) {
        return with(
                eni,
                "in-use",
                Optional.of(
                        new Attachment(
                                "attach-" + eni.id(),
                                INSTANCE,
                                card,
                                device,
                                deleteOnTermination,
                                Instant.EPOCH)));
    }

    private static NetworkInterface with(
            NetworkInterface eni, String status, Optional<Attachment> attachment) {
        return new NetworkInterface(
                eni.id(),
                eni.mac(),
                eni.type(),
                status,
                eni.subnet(),
                eni.description(),
                eni.groups(),
                eni.primary(),
                eni.primary6(),
                eni.blocks(),
                eni.tags(),
                eni.tracking(),
                attachment);
    }

    private NetworkInterface get(String id) {
        NetworkInterface eni = enis.get(id);
        if (eni == null) {
            throw new CloudException(Reason.NOT_FOUND, "no interface " + id);
        }
        return eni;
    }

    @Override
    public List<NetworkInterface> attachedTo(String instance) {
        return call(
                "attachedTo",
                () -> enis.values().stream().filter(eni -> eni.attachment().isPresent()).toList());
    }

    @Override
    public List<NetworkInterface> tagged(String vpc, String key) {
        return call(
                "tagged",
                () -> enis.values().stream().filter(eni -> eni.tags().containsKey(key)).toList());
    }

    @Override
    public NetworkInterface create(Creation wanted) {
        return call(
                "create",
                () -> {
                    String id =
                            tokens.computeIfAbsent(
                                    wanted.token(),
                                    _ -> {
                                        NetworkInterface eni =
                                                made(
                                                        wanted.subnet(),
                                                        wanted.description(),
                                                        wanted.tags());
                                        enis.put(eni.id(), eni);
                                        return eni.id();
                                    });
                    return get(id);
                });
    }

    @Override
    public String attach(String id, String instance, int card, int device) {
        return call(
                "attach",
                () -> {
                    NetworkInterface eni = get(id);
                    if (eni.attachment().isPresent()) {
                        throw new CloudException(Reason.BUSY, id + " is in use");
                    }
                    boolean taken =
                            enis.values().stream()
                                    .flatMap(other -> other.attachment().stream())
                                    .anyMatch(at -> at.card() == card && at.device() == device);
                    if (taken) {
                        throw new CloudException(
                                Reason.INSTANCE_FULL, "device %d is taken".formatted(device));
                    }
                    enis.put(id, attached(eni, card, device, false));
                    return "attach-" + id;
                });
    }

    @Override
    public void deleteOnTermination(String id, String attachment) {
        call(
                "deleteOnTermination",
                () -> {
                    Attachment at =
                            get(id).attachment()
                                    .orElseThrow(() ->
                                            new CloudException(
                                                    Reason.NOT_FOUND, "no " + attachment));
                    return enis.put(id, attached(get(id), at.card(), at.device(), true));
                });
    }

    @Override
    public void detach(String attachment) {
        call(
                "detach",
                () -> {
                    NetworkInterface eni =
                            enis.values().stream()
                                    .filter(one ->
                                            one.attachment()
                                                    .filter(at -> at.id().equals(attachment))
                                                    .isPresent())
                                    .findFirst()
                                    .orElseThrow(() ->
                                            new CloudException(
                                                    Reason.NOT_FOUND, "no " + attachment));
                    return enis.put(eni.id(), with(eni, "available", Optional.empty()));
                });
    }

    @Override
    public void delete(String id) {
        call(
                "delete",
                () -> {
                    if (get(id).attachment().isPresent()) {
                        throw new CloudException(Reason.BUSY, id + " is in use");
                    }
                    enis.remove(id);
                    return true;
                });
    }
}
