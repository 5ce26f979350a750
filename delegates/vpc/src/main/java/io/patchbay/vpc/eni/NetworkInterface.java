package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An interface as EC2 describes it, attached or not.
///
/// @param type `interface`, `trunk`, `branch`, `efa`, `efa-only` …
/// @param primary its own address of IPv4; absent where it carries no addresses (`efa-only`)
/// @param primary6 its own address of IPv6, where it has one
/// @param tracking empty where all times are EC2's own
/// @param blocks the single addresses beside its own, then the prefixes; those of IPv4 before those
///   of IPv6
public record NetworkInterface(
        String id,
        MacAddress mac,
        String type,
        String status,
        String subnet,
        String description,
        List<String> groups,
        Optional<InetAddress> primary,
        Optional<InetAddress> primary6,
        List<Cidr> blocks,
        Map<String, String> tags,
        Optional<ConnectionTracking> tracking,
        Optional<Attachment> attachment) {
    /// @param since when it was attached
    public record Attachment(
            String id,
            String instance,
            int card,
            int device,
            boolean deleteOnTermination,
            Instant since) {}

    public NetworkInterface {
        groups = List.copyOf(groups);
        blocks = List.copyOf(blocks);
        tags = Map.copyOf(tags);
    }

    /// Whether it is its instance's own: device 0 of card 0.
    public boolean isPrimary() {
        return attachment.filter(at -> at.card() == 0 && at.device() == 0).isPresent();
    }
}
