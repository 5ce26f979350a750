package io.patchbay.vpc.pool;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Interfaces as tests write them: the n-th device has 10.0.n.4, and its pods 10.0.n.5 onwards.
public final class Enis {
    private Enis() {}

    public static Eni eni(int device, int secondaries) {
        return eni(device, 0, secondaries);
    }

    public static Eni eni(int device, int card, int secondaries) {
        return eni(
                device,
                card,
                IntStream.range(0, secondaries)
                        .mapToObj(i -> Cidr.host(address(device, 5 + i)))
                        .toList());
    }

    /// Its pods have 10.0.n.16 onwards.
    public static Eni withPrefixes(int device, int prefixes) {
        return eni(
                device, 0, IntStream.range(0, prefixes).mapToObj(i -> prefix(device, i)).toList());
    }

    public static Cidr prefix(int device, int number) {
        return new Cidr(address(device, 16 + 16 * number), 28);
    }

    public static Eni eni(int device, int card, List<Cidr> blocks) {
        return madeFor(EniConfig.NODE, device, card, blocks);
    }

    /// With single addresses of IPv4, and 2001:db8:n::/80.
    public static Eni withBoth(int device, int secondaries) {
        Eni eni = eni(device, secondaries);
        return eni.with(Stream.concat(eni.blocks().stream(), Stream.of(prefix6(device))).toList());
    }

    public static Cidr prefix6(int device) {
        return Cidr.parse("2001:db8:%x::/80".formatted(device));
    }

    /// Made for a configuration, on card 0.
    public static Eni madeFor(EniConfig config, int device, int secondaries) {
        return madeFor(config, device, 0, eni(device, secondaries).blocks());
    }

    private static Eni madeFor(EniConfig config, int device, int card, List<Cidr> blocks) {
        return new Eni(
                "eni-" + card + device,
                new MacAddress(0x0200_0000_0000L + 256L * card + device),
                device,
                card,
                address(device, 4),
                "subnet-" + device,
                Cidr.parse("10.0.%d.0/24".formatted(device)),
                Optional.empty(),
                Optional.empty(),
                List.of("sg-1"),
                config,
                List.of(Cidr.parse("10.0.0.0/16")),
                blocks);
    }

    public static InetAddress address(int device, int host) {
        return Cidr.address("10.0.%d.%d".formatted(device, host));
    }
}
