package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.NetworkInterface.Attachment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Interfaces as tests write them, told by both faces of the cloud.
final class Described {
    private Described() {}

    static MacAddress mac(int device) {
        return new MacAddress(0x0200_0000_0000L + device);
    }

    static Eni eni(int device, String... blocks) {
        return new Eni(
                "eni-" + device,
                mac(device),
                device,
                0,
                Cidr.address("10.0.%d.4".formatted(device)),
                "subnet-a",
                Cidr.parse("10.0.%d.0/24".formatted(device)),
                Optional.empty(),
                Optional.empty(),
                List.of("sg-1"),
                EniConfig.NODE,
                List.of(Cidr.parse("10.0.0.0/16")),
                cidrs(blocks));
    }

    static List<Cidr> cidrs(String... blocks) {
        return List.of(blocks).stream().map(Cidr::parse).toList();
    }

    static NetworkInterface of(Eni eni) {
        return of(eni.device(), "interface", "subnet-a", Map.of(), eni.blocks());
    }

    static NetworkInterface tagged(int device, String... tags) {
        return of(device, "interface", "subnet-a", tags(tags), List.of());
    }

    static Map<String, String> tags(String... pairs) {
        return switch (pairs.length) {
            case 0 -> Map.of();
            case 2 -> Map.of(pairs[0], pairs[1]);
            case 4 -> Map.of(pairs[0], pairs[1], pairs[2], pairs[3]);
            default -> throw new IllegalArgumentException("too many tags: " + pairs.length);
        };
    }

    static NetworkInterface of(
            int device, String type, String subnet, Map<String, String> tags, List<Cidr> blocks) {
        return new NetworkInterface(
                "eni-" + device,
                mac(device),
                type,
                "in-use",
                subnet,
                "",
                List.of("sg-1"),
                type.equals("efa-only")
                        ? Optional.empty()
                        : Optional.of(Cidr.address("10.0.%d.4".formatted(device))),
                Optional.empty(),
                blocks,
                tags,
                Optional.empty(),
                Optional.of(
                        new Attachment("attach-" + device, "i-1", 0, device, true, Instant.EPOCH)));
    }

    /// The same, attached to nothing.
    static NetworkInterface off(NetworkInterface eni) {
        return new NetworkInterface(
                eni.id(),
                eni.mac(),
                eni.type(),
                "available",
                eni.subnet(),
                eni.description(),
                eni.groups(),
                eni.primary(),
                eni.primary6(),
                eni.blocks(),
                eni.tags(),
                eni.tracking(),
                Optional.empty());
    }
}
