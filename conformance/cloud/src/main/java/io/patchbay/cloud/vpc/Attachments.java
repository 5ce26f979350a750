package io.patchbay.cloud.vpc;

import io.patchbay.cloud.vpc.NetworkInterface.Association;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.spi.net.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// AttachNetworkInterface and DetachNetworkInterface.
public final class Attachments {
    private Attachments() {}

    /// Where an interface is to be attached.
    public record Place(String instance, int card, int device) {}

    public static Outcome<Attachment> attach(
            Vpc vpc, String id, Place place, Choice choice, Instant now) {
        NetworkInterface eni = vpc.getInterface(id);
        Instance instance = vpc.getInstance(place.instance());
        if (eni.attachment().isPresent() || eni.association().isPresent()) {
            throw new Ec2Refusal(
                    "InvalidNetworkInterface.InUse", "Interface: [%s] in use.".formatted(id));
        }
        if (!vpc.getSubnet(eni.subnet()).zone().equals(instance.zone())) {
            throw new Ec2Refusal(
                    "InvalidParameterCombination",
                    "You may not attach a network interface to an instance if they are not in the"
                            + " same availability zone");
        }
        InstanceType type = InstanceTypes.get(instance.type());
        refuseBlocks(eni, type);
        List<NetworkInterface> attached = vpc.attachedTo(instance.id());
        refuseKind(eni.kind(), attached, type);
        refusePlace(place, attached, type);
        Attachment attachment =
                new Attachment(
                        choice.id("eni-attach"),
                        instance.id(),
                        place.card(),
                        place.device(),
                        false,
                        now);
        return new Outcome<>(vpc.with(eni.withAttachment(Optional.of(attachment))), attachment);
    }

    private static void refuseBlocks(NetworkInterface eni, InstanceType type) {
        Assignments.refuseBeyond(type.addresses(), eni, Order.NOTHING);
        if (eni.blocks().stream().anyMatch(Attachments::isPrefix)) {
            Assignments.refusePrefixesOn(type);
        }
    }

    private static boolean isPrefix(Cidr block) {
        return !block.equals(Cidr.host(block.address()));
    }

    private static void refuseKind(Kind kind, List<NetworkInterface> attached, InstanceType type) {
        boolean trunk = kind == Kind.TRUNK;
        if (trunk && type.branches() == 0) {
            throw Ec2Refusal.unsupported(
                    "The instance type %s does not support trunk interfaces"
                            .formatted(type.name()));
        }
        if (trunk && attached.stream().anyMatch(eni -> eni.kind() == Kind.TRUNK)) {
            throw new Ec2Refusal(
                    "AttachmentLimitExceeded",
                    "Trunk interface count 2 exceeds the limit for " + type.name());
        }
        if (kind == Kind.BRANCH) {
            throw Ec2Refusal.notPermitted("A branch interface cannot be attached to an instance");
        }
    }

    private static void refusePlace(
            Place place, List<NetworkInterface> attached, InstanceType type) {
        if (place.card() < 0 || place.card() >= type.cards().size()) {
            throw Ec2Refusal.parameter(
                    "Network card index '%d' is not valid for instance type %s"
                            .formatted(place.card(), type.name()));
        }
        if (place.device() < 0) {
            throw Ec2Refusal.parameter(
                    "Value (%d) for parameter deviceIndex is invalid.".formatted(place.device()));
        }
        List<Integer> devices =
                attached.stream()
                        .flatMap(eni -> eni.attachment().stream())
                        .filter(at -> at.card() == place.card())
                        .map(Attachment::device)
                        .toList();
        if (devices.contains(place.device())) {
            throw Ec2Refusal.parameter(
                    "Instance '%s' already has an interface attached at device index '%d'."
                            .formatted(place.instance(), place.device()));
        }
        if (devices.size() >= type.cards().get(place.card())) {
            throw new Ec2Refusal(
                    "AttachmentLimitExceeded",
                    "Interface count %d exceeds the limit for %s"
                            .formatted(attached.size() + 1, type.name()));
        }
    }

    public static Vpc detach(Vpc vpc, String attachment) {
        NetworkInterface eni = vpc.getAttached(attachment);
        Attachment at = eni.attachment().orElseThrow();
        if (at.card() == 0 && at.device() == 0) {
            throw Ec2Refusal.notPermitted(
                    "The network interface at device index 0 cannot be detached.");
        }
        if (vpc.interfaces().values().stream()
                .flatMap(other -> other.association().stream())
                .map(Association::trunk)
                .anyMatch(eni.id()::equals)) {
            throw Ec2Refusal.notPermitted(
                    "Interface %s has associated branch interfaces".formatted(eni.id()));
        }
        return vpc.with(eni.withAttachment(Optional.empty()));
    }
}
