package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;

/// What this node last believed of itself, so that it starts while neither EC2 nor instance
/// metadata answers.
///
/// @param since milliseconds since 1970
public record SnapshotNote(Instance instance, InstanceLimits limits, List<Known> enis, long since) {
    /// The key of the only one.
    public static final String KEY = "node";

    /// An interface in words.
    ///
    /// @param primary6 and `subnet6`, `groups`, `config`: notes of an earlier version have none
    record Known(
            String id,
            String mac,
            int device,
            int card,
            String primary,
            String subnetId,
            String subnet,
            Optional<String> primary6,
            Optional<String> subnet6,
            List<String> groups,
            Optional<String> config,
            List<String> vpc,
            List<String> blocks) {
        static Known of(Eni eni) {
            return new Known(
                    eni.id(),
                    eni.mac().toString(),
                    eni.device(),
                    eni.card(),
                    Cidr.text(eni.primary()),
                    eni.subnetId(),
                    eni.subnet().toString(),
                    eni.primary6().map(Cidr::text),
                    eni.subnet6().map(Cidr::toString),
                    eni.groups(),
                    Optional.of(eni.config().key()),
                    eni.vpc().stream().map(Cidr::toString).toList(),
                    eni.blocks().stream().map(Cidr::toString).toList());
        }

        Eni eni() {
            return new Eni(
                    id,
                    MacAddress.parse(mac),
                    device,
                    card,
                    Cidr.address(primary),
                    subnetId,
                    Cidr.parse(subnet),
                    primary6.map(Cidr::address),
                    subnet6.map(Cidr::parse),
                    groups,
                    config.map(EniConfig::parse).orElse(EniConfig.NODE),
                    vpc.stream().map(Cidr::parse).toList(),
                    blocks.stream().map(Cidr::parse).toList());
        }
    }

    public SnapshotNote {
        enis = List.copyOf(enis);
    }

    public static SnapshotNote of(
            Instance instance, InstanceLimits limits, List<Eni> enis, long now) {
        return new SnapshotNote(instance, limits, enis.stream().map(Known::of).toList(), now);
    }

    /// Whether another one says the same, whenever it was written.
    public boolean isLike(SnapshotNote other) {
        return instance.equals(other.instance)
                && limits.equals(other.limits)
                && enis.equals(other.enis);
    }

    /// An IllegalArgumentException where a word is none of its kind: the note is of another
    /// version, or was changed by hand.
    public List<Eni> read() {
        return enis.stream().map(Known::eni).toList();
    }
}
