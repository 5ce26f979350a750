package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Optional;

/// CreateNetworkInterface, DeleteNetworkInterface, ModifyNetworkInterfaceAttribute.
public final class Interfaces {
    /// Whatever its instance will be.
    private static final int MOST_PLACES = 50;

    private Interfaces() {}

    public static Outcome<NetworkInterface> create(Vpc vpc, Creation wanted, Choice choice) {
        Subnet subnet = vpc.getSubnet(wanted.subnet());
        List<String> groups =
                wanted.groups().isEmpty()
                        ? List.of(vpc.groups().firstEntry().getKey())
                        : wanted.groups();
        groups.forEach(vpc::getGroup);
        Space space = Space.of(vpc, subnet);
        Cidr primary =
                wanted.primary()
                        .map(address -> Assignments.takeNamed(space, Cidr.host(address)))
                        .or(() -> space.takeAddress(choice))
                        .orElseThrow(Assignments::full);
        NetworkInterface bare =
                new NetworkInterface(
                        choice.id("eni"),
                        choice.mac(),
                        wanted.kind(),
                        subnet.id(),
                        wanted.description(),
                        groups,
                        primary.address(),
                        List.of(),
                        true,
                        wanted.tracking(),
                        wanted.tags(),
                        Optional.empty(),
                        Optional.empty());
        Assignments.refuseBeyond(MOST_PLACES, bare, wanted.order());
        List<Cidr> blocks = allocate(vpc.with(bare), subnet, wanted.order(), choice);
        NetworkInterface created = bare.withBlocks(blocks);
        return new Outcome<>(vpc.with(created), created);
    }

    /// This call tells by one code that there are no prefixes, whatever the cause is.
    private static List<Cidr> allocate(Vpc vpc, Subnet subnet, Order order, Choice choice) {
        try {
            return Assignments.allocate(vpc, subnet, order, choice);
        } catch (Ec2Refusal e) {
            throw e.code().equals("InsufficientCidrBlocks") ? Assignments.exhausted() : e;
        }
    }

    /// A branch goes with its association.
    public static Vpc delete(Vpc vpc, String id) {
        NetworkInterface eni = vpc.getInterface(id);
        if (eni.attachment().isPresent()) {
            throw Ec2Refusal.parameter("Network interface '%s' is currently in use.".formatted(id));
        }
        return vpc.withoutInterface(id);
    }

    /// Changes one attribute, which is what the call takes.
    public static Vpc modify(Vpc vpc, String id, Attribute attribute) {
        NetworkInterface eni = vpc.getInterface(id);
        return vpc.with(
                switch (attribute) {
                    case Attribute.Description(String text) -> eni.withDescription(text);
                    case Attribute.SourceDestCheck(boolean on) -> eni.withSourceDestCheck(on);
                    case Attribute.Tracking(ConnectionTracking times) -> eni.withTracking(times);
                    case Attribute.Groups(List<String> groups) -> {
                        groups.forEach(vpc::getGroup);
                        yield eni.withGroups(groups);
                    }
                    case Attribute.DeleteOnTermination(String attachment, boolean on) -> {
                        if (!vpc.getAttached(attachment).id().equals(id)) {
                            throw Ec2Refusal.parameter(
                                    "The attachment '%s' is not one of interface '%s'"
                                            .formatted(attachment, id));
                        }
                        yield eni.withAttachment(
                                eni.attachment().map(at -> at.withDeleteOnTermination(on)));
                    }
                });
    }
}
