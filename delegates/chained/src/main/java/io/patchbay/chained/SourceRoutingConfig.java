package io.patchbay.chained;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A plugin of type `sbr`. The first three keys are the reference plugin's.
///
/// @param table whose routes are somebody else's to make: the addresses' rules look it up, and no
///   route is moved
/// @param gateways one of each family at most, for addresses that bring none
/// @param addSourceHints leaves the routes in the main table too, with the address to send from
/// @param tables one for each address in their order; empty takes free ones
/// @param priority of the rules; absent puts them before all others but the first, as the kernel
///   does
/// @param defaultRoute false allows addresses without a gateway
record SourceRoutingConfig(
        OptionalInt table,
        List<InetAddress> gateways,
        boolean addSourceHints,
        List<Integer> tables,
        OptionalInt priority,
        Optional<Boolean> defaultRoute) {

    private static final int UNSPECIFIED = 0;
    private static final int FIRST_OF_THE_KERNEL = 253;
    private static final int LAST_OF_THE_KERNEL = 255;
    private static final int LAST_BEFORE_MAIN = 32765;

    SourceRoutingConfig {
        table.ifPresent(number -> refuseUnfit("table", number));
        tables.forEach(number -> refuseUnfit("tables", number));
        if (new HashSet<>(tables).size() != tables.size()) {
            throw new IllegalArgumentException(
                    "\"tables\" is %s: name each table once, for each address has its own"
                            .formatted(tables));
        }
        if (table.isPresent() && !tables.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"table\" is %d and \"tables\" is %s: name one table whose routes others make, or tables to be filled"
                            .formatted(table.getAsInt(), tables));
        }
        priority.ifPresent(SourceRoutingConfig::refuseUnfitPriority);
        long ipv4 = gateways.stream().filter(Inet4Address.class::isInstance).count();
        if (ipv4 > 1 || gateways.size() - ipv4 > 1) {
            throw new IllegalArgumentException(
                    "\"gateways\" is %s: name one of each family at most"
                            .formatted(
                                    gateways.stream().map(InetAddress::getHostAddress).toList()));
        }
    }

    /// The kernel's own: default, main and local.
    static boolean isOfTheKernel(int table) {
        return table >= FIRST_OF_THE_KERNEL && table <= LAST_OF_THE_KERNEL;
    }

    private static void refuseUnfit(String key, int table) {
        if (table <= UNSPECIFIED || isOfTheKernel(table)) {
            throw new IllegalArgumentException(
                    "\"%s\" is %d: a table is 1 to 2147483647, but not 253 to 255, which are the kernel's"
                            .formatted(key, table));
        }
    }

    private static void refuseUnfitPriority(int priority) {
        if (priority < 1 || priority > LAST_BEFORE_MAIN) {
            throw new IllegalArgumentException(
                    "\"priority\" is %d: a rule counts from 1 to %d, before the main table's"
                            .formatted(priority, LAST_BEFORE_MAIN));
        }
    }

    Optional<InetAddress> gateway(boolean ipv6) {
        return gateways.stream()
                .filter(gateway -> gateway instanceof Inet4Address != ipv6)
                .findFirst();
    }

    boolean wantsDefaultRoute() {
        return defaultRoute.orElse(true);
    }
}
