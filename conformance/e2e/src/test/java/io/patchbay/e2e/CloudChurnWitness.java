package io.patchbay.e2e;

import io.patchbay.cloud.SimulatedVpc;
import io.patchbay.cloud.vpc.InstanceTypes;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.e2e.CloudChurnBook.Span;
import io.patchbay.e2e.CloudChurnBook.Visit;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What EC2 had assigned to a node at any time, by its own ledger: it knows nothing of the daemon.
final class CloudChurnWitness {
    /// By then a daemon knows what it has got, metadata that lag and an answer that was lost
    /// included.
    private static final Duration KNOWN = Duration.ofSeconds(15);

    /// What goes so soon was on its way back: nobody could get it.
    private static final Duration RETURNED = Duration.ofSeconds(5);

    /// Whoever waits is served within that time once there is something; also on a slow machine.
    private static final Duration SERVED = Duration.ofSeconds(5);

    private static final int PATIENCE = 300;

    private final Ledger ledger;
    private final String instance;
    private final Map<Block, Instant> now = new HashMap<>();
    private final List<Assigned> past = new ArrayList<>();

    record Block(String eni, Cidr cidr) {}

    private record Assigned(Block block, Span span) {}

    CloudChurnWitness(SimulatedVpc vpc, String instance) {
        this.ledger = vpc.ledger();
        this.instance = instance;
        ledger.follow(this::see);
    }

    private synchronized void see(Vpc vpc) {
        Set<Block> there = blocks(vpc).collect(Collectors.toSet());
        Instant instant = Instant.now();
        now.entrySet()
                .removeIf(entry -> {
                    boolean gone = !there.contains(entry.getKey());
                    if (gone) {
                        past.add(new Assigned(entry.getKey(), new Span(entry.getValue(), instant)));
                    }
                    return gone;
                });
        there.forEach(block -> now.putIfAbsent(block, instant));
    }

    private Stream<Block> blocks(Vpc vpc) {
        return vpc.attachedTo(instance).stream()
                .flatMap(eni -> eni.blocks().stream().map(block -> new Block(eni.id(), block)));
    }

    /// What the node's interfaces have at this time.
    List<Cidr> blocks() {
        return blocks(ledger.now()).map(Block::cidr).toList();
    }

    List<NetworkInterface> interfaces() {
        return ledger.now().attachedTo(instance);
    }

    List<InetAddress> addresses() {
        return blocks().stream().flatMap(Cidr::addresses).toList();
    }

    /// How many addresses the node can have at most, while nobody gives any back but itself. With
    /// an interface goes the address that it came with.
    int most() {
        Vpc vpc = ledger.now();
        List<NetworkInterface> made = made(vpc).toList();
        long own =
                Stream.concat(vpc.attachedTo(instance).stream(), made.stream())
                        .distinct()
                        .flatMap(eni -> eni.blocks().stream())
                        .flatMap(Cidr::addresses)
                        .count();
        int free = vpc.subnets().values().stream().mapToInt(vpc::free).sum();
        return Math.toIntExact(own) + made.size() + free;
    }

    private Stream<NetworkInterface> made(Vpc vpc) {
        return vpc.interfaces().values().stream().filter(eni -> eni.tags().containsValue(instance));
    }

    /// Whether an interface of the node could have another block.
    boolean hasPlace() {
        Vpc vpc = ledger.now();
        int places = InstanceTypes.get(vpc.getInstance(instance).type()).addresses() - 1;
        return vpc.attachedTo(instance).stream().anyMatch(eni -> eni.blocks().size() < places);
    }

    /// Whether the node has, or had, an address as a block of its own.
    synchronized boolean wasSingle(InetAddress address) {
        return Stream.concat(past.stream().map(Assigned::block), now.keySet().stream())
                .anyMatch(block -> block.cidr().equals(Cidr.host(address)));
    }

    /// Interfaces that the node made and that nobody has.
    List<NetworkInterface> leaked() {
        return made(ledger.now()).filter(eni -> eni.attachedTo(instance).isEmpty()).toList();
    }

    /// Waits for a change of the VPC after which something holds.
    void await(String what, BooleanSupplier wanted) {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        ledger.follow(_ -> {
            if (wanted.getAsBoolean()) {
                seen.complete(true);
            }
        });
        boolean came = seen.completeOnTimeout(false, PATIENCE, TimeUnit.SECONDS).join();
        if (!came) {
            throw new AssertionError(
                    "%s within %d s: %s"
                            .formatted(what, PATIENCE, ledger.now().interfaces().values()));
        }
    }

    /// The refusals in whose whole wait, or in some seconds of it at one stretch, more addresses
    /// were assigned, long known and nobody's than sandboxes may have had whose daemon died.
    List<String> unjust(CloudChurnBook book) {
        return book.refused().stream().flatMap(visit -> unjust(book, visit)).toList();
    }

    private Stream<String> unjust(CloudChurnBook book, Visit visit) {
        return stretches(visit.asking())
                .filter(stretch -> usable(book, stretch).size() > book.inLimbo(stretch))
                .limit(1)
                .map(stretch ->
                        "%s was refused after %s with \"%s\", while nobody had %s"
                                .formatted(
                                        visit.container(),
                                        Duration.between(
                                                visit.asking().from(), visit.asking().to()),
                                        visit.refusal(),
                                        usable(book, stretch)));
    }

    private static Stream<Span> stretches(Span wait) {
        Instant last = wait.to().minus(SERVED);
        return last.isBefore(wait.from())
                ? Stream.of(wait)
                : Stream.iterate(
                                wait.from(),
                                from -> !from.isAfter(last),
                                from -> from.plus(Duration.ofSeconds(1)))
                        .map(from -> new Span(from, from.plus(SERVED)));
    }

    private synchronized List<InetAddress> usable(CloudChurnBook book, Span span) {
        Span wanted = new Span(span.from().minus(KNOWN), span.to().plus(RETURNED));
        Set<InetAddress> busy = Set.copyOf(book.busy(span));
        Stream<Block> lasting =
                now.entrySet().stream()
                        .filter(entry -> !entry.getValue().isAfter(wanted.from()))
                        .map(Map.Entry::getKey);
        Stream<Block> gone =
                past.stream()
                        .filter(assigned -> assigned.span().covers(wanted))
                        .map(Assigned::block);
        return Stream.concat(lasting, gone)
                .flatMap(block -> block.cidr().addresses())
                .filter(address -> !busy.contains(address))
                .toList();
    }
}
