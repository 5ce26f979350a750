package io.patchbay.cloud;

import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.Reservation;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a simulated VPC is at first.
///
/// @param cidrs the VPC's blocks
/// @param instanceType of nodes that are booted without one
/// @param seed by which addresses are taken at random, as EC2 takes them; empty for the lowest
///   first
public record Layout(
        List<Cidr> cidrs, List<Subnet> subnets, String instanceType, OptionalLong seed) {
    public static final String ZONE = "eu-central-1a";

    /// A type with room for all that a test may want: 15 interfaces with 50 addresses each.
    private static final String LARGE = "m5.24xlarge";

    private static final String ID = "%s-%017x";

    public Layout {
        cidrs = List.copyOf(cidrs);
        subnets = List.copyOf(subnets);
    }

    /// A VPC without subnets.
    ///
    /// @param more further blocks, of IPv6 too
    public static Layout of(String cidr, String... more) {
        List<Cidr> cidrs = new ArrayList<>(List.of(Cidr.parse(cidr)));
        Stream.of(more).map(Cidr::parse).forEach(cidrs::add);
        return new Layout(cidrs, List.of(), LARGE, OptionalLong.empty());
    }

    public Layout subnet(String cidr) {
        return subnet(cidr, ZONE, Map.of());
    }

    /// @param zone such as `eu-central-1b`; its region is the VPC's
    public Layout subnet(String cidr, String zone, Map<String, String> tags) {
        List<Subnet> more = new ArrayList<>(subnets);
        more.add(
                new Subnet(
                        ID.formatted("subnet", subnets.size() + 1),
                        zone,
                        Cidr.parse(cidr),
                        Optional.empty(),
                        List.of(),
                        tags));
        return new Layout(cidrs, more, instanceType, seed);
    }

    /// Gives the last subnet a block of IPv6, a /64. An instance that is run in it has an address
    /// of that on its first interface.
    public Layout ipv6(String cidr) {
        Subnet last = subnets.getLast();
        return withLast(
                new Subnet(
                        last.id(),
                        last.zone(),
                        last.cidr(),
                        Optional.of(Cidr.parse(cidr)),
                        last.reservations(),
                        last.tags()));
    }

    /// Keeps a part of the last subnet for prefixes.
    public Layout reserve(String cidr) {
        Subnet last = subnets.getLast();
        List<Reservation> more = new ArrayList<>(last.reservations());
        String id = ID.formatted("scr", subnets.size() * 100L + more.size());
        more.add(new Reservation(id, Cidr.parse(cidr), Reservation.Type.PREFIX, ""));
        return withLast(
                new Subnet(last.id(), last.zone(), last.cidr(), last.ipv6(), more, last.tags()));
    }

    private Layout withLast(Subnet subnet) {
        List<Subnet> changed = new ArrayList<>(subnets);
        changed.set(subnets.size() - 1, subnet);
        return new Layout(cidrs, changed, instanceType, seed);
    }

    public Layout instanceType(String type) {
        return new Layout(cidrs, subnets, type, seed);
    }

    public Layout seed(long value) {
        return new Layout(cidrs, subnets, instanceType, OptionalLong.of(value));
    }

    /// A zone is its region and a letter.
    String region() {
        String zone = subnets.isEmpty() ? ZONE : subnets.getFirst().zone();
        return zone.substring(0, zone.length() - 1);
    }

    /// Its default group permits everything.
    Vpc vpc() {
        List<Permission> all = List.of(Permission.ALL);
        Vpc vpc =
                Vpc.of(ID.formatted("vpc", 1), cidrs)
                        .with(new SecurityGroup(ID.formatted("sg", 1), "default", all, all));
        for (Subnet subnet : subnets) {
            vpc = vpc.with(subnet);
        }
        return vpc;
    }

    Choice choice() {
        return seed.isPresent() ? Choice.random(seed.getAsLong()) : Choice.lowestFirst();
    }
}
