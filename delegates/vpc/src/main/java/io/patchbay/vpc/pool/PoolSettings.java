package io.patchbay.vpc.pool;

import java.util.Optional;

/// How the pool is to be filled, as patchbay.yaml says it. What is absent is as the environment of
/// the VPC CNI has it; of the stock, a single component here puts all of the environment's aside.
///
/// @param prefixes whether interfaces get /28 prefixes and not single addresses
/// @param warmAddresses how many addresses are kept free (WARM_IP_TARGET)
/// @param minimumAddresses how many addresses the node has at least (MINIMUM_IP_TARGET)
/// @param warmInterfaces how many whole interfaces are kept free (WARM_ENI_TARGET)
/// @param warmPrefixes how many whole prefixes are kept free (WARM_PREFIX_TARGET)
/// @param maxInterfaces how many interfaces the node has at most, the primary one too (MAX_ENI)
/// @param maxPods how many pods the node takes: nothing is kept warm beyond that
/// @param provision whether interfaces and addresses are ordered and returned at all
public record PoolSettings(
        Optional<Boolean> prefixes,
        Optional<Integer> warmAddresses,
        Optional<Integer> minimumAddresses,
        Optional<Integer> warmInterfaces,
        Optional<Integer> warmPrefixes,
        Optional<Integer> maxInterfaces,
        Optional<Integer> maxPods,
        Optional<Boolean> provision) {
    public static final PoolSettings NONE =
            new PoolSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public PoolSettings {
        requireAtLeast("warmAddresses", warmAddresses, 0);
        requireAtLeast("minimumAddresses", minimumAddresses, 0);
        requireAtLeast("warmInterfaces", warmInterfaces, 0);
        requireAtLeast("warmPrefixes", warmPrefixes, 0);
        requireAtLeast("maxInterfaces", maxInterfaces, 1);
        requireAtLeast("maxPods", maxPods, 1);
        if (prefixes.isPresent() || warmPrefixes.isPresent()) {
            requireStockOf(prefixes.orElse(false), warmInterfaces, warmPrefixes);
        }
    }

    /// Whole interfaces are a stock of single addresses, and whole prefixes one of prefixes.
    void requireStockOf(boolean ofPrefixes) {
        requireStockOf(ofPrefixes, warmInterfaces, warmPrefixes);
    }

    private static void requireStockOf(
            boolean ofPrefixes, Optional<Integer> warmInterfaces, Optional<Integer> warmPrefixes) {
        (ofPrefixes ? warmInterfaces : warmPrefixes)
                .ifPresent(number -> {
                    throw new IllegalArgumentException(
                            "\"%s\" is %d while \"prefixes\" is %s: use \"%s\" or \"warmAddresses\""
                                    .formatted(
                                            ofPrefixes ? "warmInterfaces" : "warmPrefixes",
                                            number,
                                            ofPrefixes,
                                            ofPrefixes ? "warmPrefixes" : "warmInterfaces"));
                });
    }

    private static void requireAtLeast(String key, Optional<Integer> value, int least) {
        value.filter(number -> number < least)
                .ifPresent(number -> {
                    throw new IllegalArgumentException(
                            "\"%s\" is %d: it is %d or more".formatted(key, number, least));
                });
    }

    boolean tellsStock() {
        return warmAddresses.isPresent()
                || minimumAddresses.isPresent()
                || warmInterfaces.isPresent()
                || warmPrefixes.isPresent();
    }
}
