package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// AssignPrivateIpAddresses, AssignIpv6Addresses and their opposites.
public final class Assignments {
    /// Of an interface that is not attached, whose instance's limit is not known yet.
    private static final int MOST_PLACES = 50;

    private Assignments() {}

    /// Gives an interface what is ordered, and tells what is new.
    public static Outcome<List<Cidr>> assign(Vpc vpc, String id, Order order, Choice choice) {
        if (order.isEmpty()) {
            throw new Ec2Refusal(
                    "MissingParameter",
                    "Either private IP addresses, prefixes or a count of them must be specified");
        }
        NetworkInterface eni = vpc.getInterface(id);
        refuseBeyondLimits(vpc, eni, order);
        Vpc freed = order.reassign() ? release(vpc, eni, order.named()) : vpc;
        List<Cidr> added = allocate(freed, vpc.getSubnet(eni.subnet()), order, choice);
        List<Cidr> blocks = new ArrayList<>(eni.blocks());
        blocks.addAll(added);
        return new Outcome<>(freed.with(eni.withBlocks(blocks)), added);
    }

    /// Takes from an interface what it has; one that it has not leaves all as it was.
    public static Vpc unassign(Vpc vpc, String id, Collection<Cidr> blocks) {
        NetworkInterface eni = vpc.getInterface(id);
        if (blocks.isEmpty()) {
            throw Ec2Refusal.missing("privateIpAddress");
        }
        if (blocks.contains(Cidr.host(eni.primary()))) {
            throw Ec2Refusal.parameter(
                    "IP address %s is the primary address of interface %s and cannot be unassigned"
                            .formatted(Cidr.text(eni.primary()), id));
        }
        List<Cidr> foreign =
                blocks.stream().filter(block -> !eni.blocks().contains(block)).toList();
        if (!foreign.isEmpty()) {
            throw Ec2Refusal.parameter(
                    "Some of %s are not assigned to interface %s"
                            .formatted(foreign.stream().map(Assignments::text).toList(), id));
        }
        return vpc.with(
                eni.withBlocks(
                        eni.blocks().stream().filter(block -> !blocks.contains(block)).toList()));
    }

    private static String text(Cidr block) {
        return block.prefix() == Cidr.host(block.address()).prefix()
                ? Cidr.text(block.address())
                : block.toString();
    }

    private static void refuseBeyondLimits(Vpc vpc, NetworkInterface eni, Order order) {
        int limit = MOST_PLACES;
        if (eni.attachment().isPresent()) {
            InstanceType type =
                    InstanceTypes.get(vpc.getInstance(eni.attachment().get().instance()).type());
            limit = type.addresses();
            if (order.takesPrefixes()) {
                refusePrefixesOn(type);
            }
        }
        refuseBeyond(limit, eni, order);
    }

    static void refuseBeyond(int limit, NetworkInterface eni, Order order) {
        long ipv6 = eni.blocks().stream().filter(Cidr::isIpv6).count();
        long places = 1 + eni.blocks().size() - ipv6;
        if (places + order.places() > limit) {
            throw new Ec2Refusal(
                    "PrivateIpAddressLimitExceeded",
                    "Number of private addresses will exceed limit.");
        }
        if (ipv6 + order.ipv6Places() > limit) {
            throw new Ec2Refusal(
                    "Ipv6AddressLimitExceeded", "Number of IPv6 addresses will exceed limit.");
        }
    }

    static void refusePrefixesOn(InstanceType type) {
        if (!type.takesPrefixes()) {
            throw Ec2Refusal.unsupported(
                    "The instance type %s does not support prefixes".formatted(type.name()));
        }
    }

    /// Takes named secondary addresses from whatever other interface of the subnet has them.
    private static Vpc release(Vpc vpc, NetworkInterface to, List<Cidr> named) {
        Vpc rest = vpc;
        for (NetworkInterface eni : vpc.interfaces().values()) {
            if (eni.subnet().equals(to.subnet()) && !eni.id().equals(to.id())) {
                rest =
                        rest.with(
                                eni.withBlocks(
                                        eni.blocks().stream()
                                                .filter(block -> !named.contains(block))
                                                .toList()));
            }
        }
        return rest;
    }

    static List<Cidr> allocate(Vpc vpc, Subnet subnet, Order order, Choice choice) {
        List<Cidr> added = new ArrayList<>();
        Space space = Space.of(vpc, subnet);
        for (Cidr block : order.named()) {
            if (!block.isIpv6()) {
                added.add(takeNamed(space, block));
            }
        }
        int wanted = order.prefixes() << (32 - Space.PREFIX);
        if (space.free() < wanted) {
            throw exhausted();
        }
        for (int i = 0; i < order.prefixes(); i++) {
            added.add(space.takePrefix(choice).orElseThrow(Assignments::fragmented));
        }
        for (int i = 0; i < order.addresses(); i++) {
            added.add(space.takeAddress(choice).orElseThrow(Assignments::full));
        }
        if (order.ipv6Places() > 0) {
            added.addAll(allocateIpv6(Space6.of(vpc, subnet), order, choice));
        }
        return added;
    }

    private static List<Cidr> allocateIpv6(Space6 space, Order order, Choice choice) {
        List<Cidr> added = new ArrayList<>();
        order.named().stream()
                .filter(Cidr::isIpv6)
                .forEach(block -> {
                    refuseOutside(space.contains(block), block);
                    refuseNoPrefix(block, Space6.PREFIX);
                    refuseInUse(space.isFree(block), block);
                    space.take(block);
                    added.add(block);
                });
        for (int i = 0; i < order.ipv6Prefixes(); i++) {
            added.add(space.takePrefix(choice));
        }
        for (int i = 0; i < order.ipv6Addresses(); i++) {
            added.add(space.takeAddress(choice));
        }
        return added;
    }

    static Cidr takeNamed(Space space, Cidr block) {
        refuseOutside(space.contains(block), block);
        refuseNoPrefix(block, Space.PREFIX);
        refuseInUse(space.isFree(block), block);
        if (space.isForPrefixes(block)) {
            throw Ec2Refusal.parameter(
                    "Address %s is in a CIDR reservation of type prefix".formatted(text(block)));
        }
        space.take(block);
        return block;
    }

    private static void refuseOutside(boolean within, Cidr block) {
        if (!within) {
            throw Ec2Refusal.parameter(
                    "Address %s does not fall within the subnet's address range"
                            .formatted(text(block)));
        }
    }

    private static void refuseNoPrefix(Cidr block, int prefix) {
        boolean single = block.equals(Cidr.host(block.address()));
        if (!single && (block.prefix() != prefix || !block.network().equals(block))) {
            throw Ec2Refusal.parameter("%s is not a valid prefix".formatted(block));
        }
    }

    private static void refuseInUse(boolean free, Cidr block) {
        if (!free) {
            throw new Ec2Refusal(
                    "InvalidIPAddress.InUse", "Address %s is in use.".formatted(text(block)));
        }
    }

    static Ec2Refusal full() {
        return new Ec2Refusal(
                "InsufficientFreeAddressesInSubnet",
                "The specified subnet does not have enough free addresses to satisfy the request.");
    }

    /// AWS support on the difference (cilium pull request 31016): fewer addresses than asked for is
    /// a bad parameter, enough of them without whole prefixes is too few blocks.
    static Ec2Refusal exhausted() {
        return Ec2Refusal.parameter("There aren't sufficient free Ipv4 addresses or prefixes");
    }

    private static Ec2Refusal fragmented() {
        return new Ec2Refusal(
                "InsufficientCidrBlocks",
                "The specified subnet does not have enough free cidr blocks to satisfy the"
                        + " request.");
    }
}
