package io.patchbay.meta.ipam;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The addresses that a pod asks for: by the `ips` capability, else by `IP` of CNI_ARGS.
final class Wishes {
    private Wishes() {}

    static List<Cidr> cidrs(Wish wish) {
        return wish.capabilities().ips().isEmpty()
                ? argument(wish, "IP", Wishes::cidr)
                : wish.capabilities().ips();
    }

    static List<InetAddress> addresses(Wish wish) {
        return cidrs(wish).stream().map(Cidr::address).toList();
    }

    /// `GATEWAY` of CNI_ARGS.
    static List<InetAddress> gateways(Wish wish) {
        return argument(wish, "GATEWAY", Cidr::address);
    }

    private static Cidr cidr(String text) {
        return text.contains("/") ? Cidr.parse(text) : Cidr.host(Cidr.address(text));
    }

    private static <T> List<T> argument(Wish wish, String key, Function<String, T> parser) {
        try {
            return Optional.ofNullable(wish.args().get(key)).stream()
                    .flatMap(text -> Arrays.stream(text.split(",", -1)))
                    .map(text -> parser.apply(text.strip()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw CniException.invalidConfig(
                    "CNI_ARGS, key \"%s\": %s".formatted(key, e.getMessage()));
        }
    }
}
