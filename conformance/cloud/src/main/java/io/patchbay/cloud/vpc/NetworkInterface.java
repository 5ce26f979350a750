package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An elastic network interface.
///
/// @param blocks what is assigned beside the primary address, in the order of assignment: single
///   addresses (/32, /128) and prefixes (/28, /80)
/// @param attachment empty while it is available
/// @param association of a branch with its trunk
public record NetworkInterface(
        String id,
        MacAddress mac,
        Kind kind,
        String subnet,
        String description,
        List<String> groups,
        InetAddress primary,
        List<Cidr> blocks,
        boolean sourceDestCheck,
        ConnectionTracking tracking,
        Map<String, String> tags,
        Optional<Attachment> attachment,
        Optional<Association> association) {
    public static final Comparator<NetworkInterface> BY_DEVICE =
            Comparator.comparing(
                    eni -> eni.attachment.orElseThrow(),
                    Comparator.comparingInt(Attachment::card).thenComparingInt(Attachment::device));

    public enum Kind {
        INTERFACE,
        TRUNK,
        BRANCH,
        EFA,
        EFA_ONLY
    }

    /// @param device the index on its card
    public record Attachment(
            String id,
            String instance,
            int card,
            int device,
            boolean deleteOnTermination,
            Instant since) {
        Attachment withDeleteOnTermination(boolean now) {
            return new Attachment(id, instance, card, device, now, since);
        }
    }

    /// @param vlan 1 to 4094, one of its trunk's own
    public record Association(String id, String trunk, int vlan) {}

    public NetworkInterface {
        groups = List.copyOf(groups);
        blocks = List.copyOf(blocks);
        tags = Map.copyOf(tags);
    }

    public Optional<Attachment> attachedTo(String instance) {
        return attachment.filter(at -> at.instance().equals(instance));
    }

    /// Everything that is assigned, the primary address first.
    public Stream<Cidr> assigned() {
        return Stream.concat(Stream.of(Cidr.host(primary)), blocks.stream());
    }

    public boolean has(InetAddress address) {
        return assigned().anyMatch(block -> block.contains(address));
    }

    public NetworkInterface withBlocks(List<Cidr> now) {
        return new NetworkInterface(
                id,
                mac,
                kind,
                subnet,
                description,
                groups,
                primary,
                now,
                sourceDestCheck,
                tracking,
                tags,
                attachment,
                association);
    }

    public NetworkInterface withAttachment(Optional<Attachment> now) {
        return new NetworkInterface(
                id,
                mac,
                kind,
                subnet,
                description,
                groups,
                primary,
                blocks,
                sourceDestCheck,
                tracking,
                tags,
                now,
                association);
    }

    public NetworkInterface withAssociation(Kind as, Optional<Association> now) {
        return new NetworkInterface(
                id,
                mac,
                as,
                subnet,
                description,
                groups,
                primary,
                blocks,
                sourceDestCheck,
                tracking,
                tags,
                attachment,
                now);
    }

    public NetworkInterface withTags(Map<String, String> now) {
        return new NetworkInterface(
                id,
                mac,
                kind,
                subnet,
                description,
                groups,
                primary,
                blocks,
                sourceDestCheck,
                tracking,
                now,
                attachment,
                association);
    }

    public NetworkInterface withDescription(String now) {
        return new NetworkInterface(
                id,
                mac,
                kind,
                subnet,
                now,
                groups,
                primary,
                blocks,
                sourceDestCheck,
                tracking,
                tags,
                attachment,
                association);
    }

    public NetworkInterface withGroups(List<String> now) {
        return new NetworkInterface(
                id,
                mac,
                kind,
                subnet,
                description,
                now,
                primary,
                blocks,
                sourceDestCheck,
                tracking,
                tags,
                attachment,
                association);
    }

    public NetworkInterface withSourceDestCheck(boolean now) {
        return new NetworkInterface(
                id,
                mac,
                kind,
                subnet,
                description,
                groups,
                primary,
                blocks,
                now,
                tracking,
                tags,
                attachment,
                association);
    }

    public NetworkInterface withTracking(ConnectionTracking now) {
        return new NetworkInterface(
                id,
                mac,
                kind,
                subnet,
                description,
                groups,
                primary,
                blocks,
                sourceDestCheck,
                now,
                tags,
                attachment,
                association);
    }
}
