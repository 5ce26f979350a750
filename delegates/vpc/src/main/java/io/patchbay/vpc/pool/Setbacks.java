package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What EC2 refused lately, and until when it is not asked for that again. All of it ends by
/// itself: a subnet that had no prefix an hour ago may have one now.
///
/// @param silences how many calls in a row had no answer, or none but that nothing is allowed
public record Setbacks(Map<Bar, Instant> until, int silences) {
    public static final Setbacks NONE = new Setbacks(Map.of(), 0);

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final Duration LATE = Duration.ofMinutes(1);
    // As long as the VPC CNI waits after InsufficientCidrBlocks.
    private static final Duration DEFRAGMENTED = Duration.ofMinutes(2);

    /// What is not asked for.
    public record Bar(What what, String id) {}

    public enum What {
        /// More than one prefix of a subnet at once.
        SEVERAL_PREFIXES,
        /// Prefixes of a subnet.
        PREFIXES,
        /// Prefixes of IPv6 of a subnet.
        IPV6_PREFIXES,
        /// More than one block of a subnet at once.
        SEVERAL,
        /// Anything of a subnet.
        SUBNET,
        /// Any change of an interface.
        INTERFACE,
        /// Further interfaces.
        INSTANCE,
        /// Any call.
        CLOUD
    }

    public Setbacks {
        until = Map.copyOf(until);
    }

    /// Takes a refusal into account.
    ///
    /// @param subnet that of the action's interface
    public Setbacks after(Action action, String subnet, Reason reason, Instant now) {
        Bar subject =
                switch (action) {
                    case Action.Assign(String eni, Order _) -> new Bar(What.INTERFACE, eni);
                    case Action.Create _ -> new Bar(What.SUBNET, subnet);
                    case Action.Unassign unassign -> new Bar(What.INTERFACE, unassign.eni());
                    case Action.Remove(String eni) -> new Bar(What.INTERFACE, eni);
                };
        return switch (reason) {
            case SILENT, DENIED ->
                    new Setbacks(until, silences + 1)
                            .with(new Bar(What.CLOUD, ""), now.plus(silence(silences + 1)));
            case THROTTLED -> answered().with(new Bar(What.CLOUD, ""), now.plus(SOON));
            case SUBNET_FULL -> answered().with(new Bar(lacking(action), subnet), now.plus(LATE));
            case SUBNET_FRAGMENTED ->
                    answered().with(new Bar(lacking(action), subnet), now.plus(DEFRAGMENTED));
            case INSTANCE_FULL -> answered().with(new Bar(What.INSTANCE, ""), now.plus(LATE));
            case ENI_FULL, NOT_FOUND, BUSY -> answered().with(subject, now.plus(LATER));
            case GARBLED, REFUSED -> answered().with(subject, now.plus(LATE));
        };
    }

    /// One lost answer is no outage: the pause doubles with each.
    ///
    /// @param times how many calls in a row had none
    public static Duration silence(int times) {
        Duration pause = AT_ONCE.multipliedBy(1L << Math.min(times - 1, 10));
        return pause.compareTo(LATER) > 0 ? LATER : pause;
    }

    /// After a call that was answered.
    public Setbacks answered() {
        return silences == 0 ? this : new Setbacks(until, 0);
    }

    /// EC2 gives all that is ordered or nothing, and calls a subnet full that has too little: where
    /// several were ordered there may be one, and where prefixes were, single addresses.
    private static What lacking(Action action) {
        return switch (action) {
            case Action.Assign(_, Order order) -> lacking(order);
            case Action.Create create -> lacking(create.order());
            case Action.Unassign _, Action.Remove _ -> What.SUBNET;
        };
    }

    private static What lacking(Order order) {
        return switch (order.kind()) {
            case PREFIXES -> order.count() > 1 ? What.SEVERAL_PREFIXES : What.PREFIXES;
            case IPV6_PREFIXES -> What.IPV6_PREFIXES;
            case ADDRESSES -> order.count() > 1 ? What.SEVERAL : What.SUBNET;
        };
    }

    private Setbacks with(Bar bar, Instant end) {
        Map<Bar, Instant> more = new HashMap<>(until);
        more.merge(bar, end, (a, b) -> a.isAfter(b) ? a : b);
        return new Setbacks(more, silences);
    }

    boolean bars(What what, String id, Instant now) {
        return Optional.ofNullable(until.get(new Bar(what, id)))
                .filter(end -> end.isAfter(now))
                .isPresent();
    }

    public boolean barsCloud(Instant now) {
        return bars(What.CLOUD, "", now);
    }

    boolean barsInstance(Instant now) {
        return bars(What.INSTANCE, "", now);
    }

    boolean barsSubnet(String subnet, Order.Kind kind, Instant now) {
        return switch (kind) {
            case ADDRESSES -> bars(What.SUBNET, subnet, now);
            case PREFIXES -> bars(What.SUBNET, subnet, now) || bars(What.PREFIXES, subnet, now);
            case IPV6_PREFIXES -> bars(What.IPV6_PREFIXES, subnet, now);
        };
    }

    /// Whether blocks are asked for one by one.
    boolean barsSeveral(String subnet, Order.Kind kind, Instant now) {
        return switch (kind) {
            case ADDRESSES -> bars(What.SEVERAL, subnet, now);
            case PREFIXES ->
                    bars(What.SEVERAL, subnet, now) || bars(What.SEVERAL_PREFIXES, subnet, now);
            // One holds more addresses than a node has pods.
            case IPV6_PREFIXES -> true;
        };
    }

    /// The next end of one: then a decision may be another.
    public Optional<Instant> next(Instant now) {
        return until.values().stream().filter(end -> end.isAfter(now)).min(Instant::compareTo);
    }
}
