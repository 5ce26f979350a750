package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Who has which address, as the pods themselves know it, and when the daemon was away. An address
/// that is given twice, or before a third of its cooldown is over, fails at once. Safe from any
/// thread.
final class CloudChurnBook {
    /// No address is given again before that share of its cooldown is over.
    private static final int CERTAIN_SHARE = 3;

    /// What a DEL that was left in the spool takes, once the daemon is back.
    private static final Duration SPOOLED = Duration.ofSeconds(5);

    /// Between two clocks, and what a DEL's answer takes on its way.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Duration cooldown;
    private final Map<InetAddress, String> owners = new HashMap<>();
    private final Map<InetAddress, Instant> left = new HashMap<>();
    private final List<Visit> visits = new ArrayList<>();
    private final List<Span> outages = new ArrayList<>();
    private Optional<Instant> downSince = Optional.empty();

    /// From one moment to another.
    record Span(Instant from, Instant to) {
        static Span since(Instant from) {
            return new Span(from, Instant.now());
        }

        boolean meets(Span other) {
            return from.isBefore(other.to) && other.from.isBefore(to);
        }

        boolean covers(Span other) {
            return !from.isAfter(other.from) && !to.isBefore(other.to);
        }
    }

    /// A sandbox's life, when it is over.
    ///
    /// @param asking from before its ADD to the answer
    /// @param address empty where it was refused
    /// @param refusal the message of the refusal
    /// @param leaving from before its DEL to the answer
    record Visit(
            String container,
            Span asking,
            Optional<InetAddress> address,
            String refusal,
            Span leaving) {}

    CloudChurnBook(Duration cooldown) {
        this.cooldown = cooldown;
    }

    synchronized void take(InetAddress address, String container) {
        String other = owners.putIfAbsent(address, container);
        assertThat(other)
                .as("%s is given to %s while %s has it", address, container, other)
                .isNull();
        Optional.ofNullable(left.remove(address))
                .ifPresent(when ->
                        assertThat(when.plus(cooldown.dividedBy(CERTAIN_SHARE)))
                                .as("%s is given to %s before it has cooled", address, container)
                                .isBefore(Instant.now()));
    }

    /// Before the DEL: from then on it may be another's, when it has cooled.
    synchronized void leave(InetAddress address) {
        owners.remove(address);
        left.put(address, Instant.now());
    }

    synchronized void add(Visit visit) {
        visits.add(visit);
    }

    synchronized void down() {
        downSince = Optional.of(Instant.now());
    }

    synchronized void up() {
        outages.add(Span.since(downSince.orElseThrow()));
        downSince = Optional.empty();
        notifyAll();
    }

    /// A runtime tries again for as long as it takes; while nobody answers that would be for
    /// nothing.
    synchronized void awaitUp() throws InterruptedException {
        while (downSince.isPresent()) {
            wait();
        }
    }

    synchronized int outages() {
        return outages.size();
    }

    /// The addresses that pods had, each as often as it was given.
    synchronized List<InetAddress> given() {
        return visits.stream().flatMap(visit -> visit.address().stream()).toList();
    }

    /// Those that a daemon refused which was there all the time.
    synchronized List<Visit> refused() {
        return visits.stream()
                .filter(visit -> visit.address().isEmpty() && !metOutage(visit.asking()))
                .toList();
    }

    /// The addresses that somebody had, or that cooled, in a span or a part of it.
    synchronized List<InetAddress> busy(Span span) {
        return meeting(span).flatMap(visit -> visit.address().stream()).distinct().toList();
    }

    /// How many addresses more were perhaps taken in a span or a part of it, by sandboxes whose
    /// daemon died before it answered.
    synchronized long inLimbo(Span span) {
        return meeting(span)
                .filter(visit -> visit.address().isEmpty() && metOutage(visit.asking()))
                .count();
    }

    private Stream<Visit> meeting(Span span) {
        return visits.stream()
                .filter(visit -> new Span(visit.asking().from(), free(visit)).meets(span));
    }

    /// By when the visitor's address can be had again.
    private Instant free(Visit visit) {
        Instant released =
                outages.stream()
                        .filter(visit.leaving()::meets)
                        .map(outage -> outage.to().plus(SPOOLED))
                        .max(Instant::compareTo)
                        .orElse(visit.leaving().to());
        return released.plus(cooldown).plus(SLACK);
    }

    private boolean metOutage(Span span) {
        return outages.stream().anyMatch(span::meets);
    }
}
