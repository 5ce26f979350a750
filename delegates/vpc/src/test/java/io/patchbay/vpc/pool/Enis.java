package io.patchbay.vpc.pool;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
                EniConfig.NODE,
                List.of(Cidr.parse("10.0.0.0/16")),
                blocks);
    }

    public static InetAddress address(int device, int host) {
        return Cidr.address("10.0.%d.%d".formatted(device, host));
    }
}
