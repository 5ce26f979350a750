package io.patchbay.vpc.pool;

import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.env.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// How the pool is to be.
///
/// @param kind what interfaces get; single addresses where the instance takes no prefixes
/// @param maxEnis how many interfaces the node has at most, the primary one and foreign ones too
/// @param maxPods how many pods the node takes
/// @param provisions whether anything is ordered or returned at all
public record Targets(
        Order.Kind kind,
        Stock stock,
        OptionalInt maxEnis,
        OptionalInt maxPods,
        boolean provisions) {
    private static final int PREFIX_SIZE = 16;
    private static final long IPV6_PREFIX_SIZE = 1L << 48;

    /// Understands the variables of the VPC CNI; the settings win. WARM_IP_TARGET and
    /// MINIMUM_IP_TARGET are before the others, WARM_ENI_TARGET is for single addresses alone and
    /// WARM_PREFIX_TARGET for prefixes, as there. Bad values are an IllegalArgumentException that
    /// names key and value.
    public static Targets of(PoolSettings settings, Map<String, String> variables) {
        Environment environment = new Environment(variables);
        boolean prefixes =
                settings.prefixes()
                        .or(() -> environment.flag("ENABLE_PREFIX_DELEGATION"))
                        .orElse(false);
        return new Targets(
                prefixes ? Order.Kind.PREFIXES : Order.Kind.ADDRESSES,
                settings.tellsStock() ? stock(settings, prefixes) : stock(environment, prefixes),
                optional(
                        settings.maxInterfaces()
                                .or(() -> environment.number("MAX_ENI").filter(max -> max >= 1))),
                optional(settings.maxPods()),
                settings.provision()
                        .orElse(
                                Stream.of(
                                                "DISABLE_NETWORK_RESOURCE_PROVISIONING",
                                                "ENABLE_IMDS_ONLY_MODE")
                                        .flatMap(key -> environment.flag(key).stream())
                                        .noneMatch(Boolean::booleanValue)));
    }

    /// What is kept of a kind of address.
    ///
    /// @param standing whether pods get it whose network does not say: the settings are about that
    /// @param wanted whether pods are expected that need one; else there is none but for those that
    ///   wait, and none for long
    public Targets of(Demand demand, boolean standing, boolean wanted) {
        return switch (demand.family()) {
            case IPV4 ->
                    standing || (demand.config().isNode() && wanted)
                            ? this
                            : new Targets(
                                    kind,
                                    wanted ? new Stock.Proportional() : new Stock.Addresses(0, 0),
                                    maxEnis,
                                    maxPods,
                                    provisions);
            case IPV6 ->
                    new Targets(
                            Order.Kind.IPV6_PREFIXES,
                            new Stock.Addresses(wanted ? 1 : 0, 0),
                            maxEnis,
                            OptionalInt.empty(),
                            provisions);
        };
    }

    private static Stock stock(PoolSettings settings, boolean prefixes) {
        settings.requireStockOf(prefixes);
        return stock(
                settings.warmAddresses(),
                settings.minimumAddresses(),
                prefixes ? settings.warmPrefixes() : settings.warmInterfaces(),
                prefixes);
    }

    private static Stock stock(Environment environment, boolean prefixes) {
        Optional<Integer> interfaces = environment.count("WARM_ENI_TARGET");
        Optional<Integer> whole = environment.count("WARM_PREFIX_TARGET");
        Optional<Integer> warm = environment.count("WARM_IP_TARGET").filter(count -> count > 0);
        Optional<Integer> minimum =
                environment.count("MINIMUM_IP_TARGET").filter(count -> count > 0);
        if (prefixes
                && whole.filter(count -> count == 0).isPresent()
                && interfaces.orElse(0) == 0
                && warm.isEmpty()
                && minimum.isEmpty()) {
            throw new IllegalArgumentException(
                    "WARM_PREFIX_TARGET is \"0\" with ENABLE_PREFIX_DELEGATION and no other target: set it, WARM_IP_TARGET or MINIMUM_IP_TARGET to 1 or more");
        }
        return stock(warm, minimum, prefixes ? whole : interfaces, prefixes);
    }

    private static Stock stock(
            Optional<Integer> warm,
            Optional<Integer> minimum,
            Optional<Integer> whole,
            boolean prefixes) {
        if (warm.isPresent() || minimum.isPresent()) {
            return new Stock.Addresses(warm.orElse(0), minimum.orElse(0));
        }
        return whole.<Stock>map(
                        count -> prefixes ? new Stock.Prefixes(count) : new Stock.Interfaces(count))
                .orElseGet(Stock.Proportional::new);
    }

    private static OptionalInt optional(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /// How long nobody gets an address that a pod had: the setting, else IP_COOLDOWN_PERIOD.
    public static Optional<Duration> cooldown(
            Optional<Integer> seconds, Map<String, String> variables) {
        return seconds.or(() -> new Environment(variables).count("IP_COOLDOWN_PERIOD"))
                .map(Duration::ofSeconds);
    }

    Order.Kind kind(InstanceLimits limits) {
        return kind != Order.Kind.PREFIXES || limits.prefixes() ? kind : Order.Kind.ADDRESSES;
    }

    /// How many addresses a block of a kind has.
    static long size(Order.Kind kind) {
        return switch (kind) {
            case ADDRESSES -> 1;
            case PREFIXES -> PREFIX_SIZE;
            case IPV6_PREFIXES -> IPV6_PREFIX_SIZE;
        };
    }

    /// How many addresses of IPv4 a block of a kind takes from its subnet.
    static int share(Order.Kind kind) {
        return switch (kind) {
            case ADDRESSES -> 1;
            case PREFIXES -> PREFIX_SIZE;
            case IPV6_PREFIXES -> 0;
        };
    }

    Band band(int used, InstanceLimits limits) {
        Band band = stock.band(used, limits.slots(), share(kind(limits)));
        return maxPods.isPresent() ? band.upTo(Math.max(0, maxPods.getAsInt() - used)) : band;
    }
}
