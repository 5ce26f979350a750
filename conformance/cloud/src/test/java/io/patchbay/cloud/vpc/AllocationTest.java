package io.patchbay.cloud.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.spi.net.Cidr;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private final Drawn cloud = new Drawn();

    private static String code(ThrowingCallable call) {
        return catchThrowableOfType(Ec2Refusal.class, call).code();
    }

    private static List<String> texts(List<Cidr> blocks) {
        return blocks.stream().map(Cidr::toString).toList();
    }

    private Subnet subnet(String id) {
        return cloud.vpc.getSubnet(id);
    }

    @Test
    void theFirstFourAddressesOfASubnetAndItsLastAreReserved() {
        assertThat(cloud.vpc.free(subnet("subnet-small"))).isEqualTo(27);
        String eni = cloud.create("subnet-small", Order.addresses(26));
        assertThat(cloud.vpc.getInterface(eni).assigned().map(Cidr::toString))
                .hasSize(27)
                .startsWith("10.0.0.4/32")
                .endsWith("10.0.0.30/32");
        assertThat(cloud.vpc.free(subnet("subnet-small"))).isZero();
        assertThat(code(() -> cloud.assign(eni, Order.addresses(1))))
                .isEqualTo("InsufficientFreeAddressesInSubnet");
        assertThat(code(() -> cloud.create("subnet-small", Order.NOTHING)))
                .isEqualTo("InsufficientFreeAddressesInSubnet");
    }

    @Test
    void whatIsUnassignedIsFreeAgain() {
        String eni = cloud.create("subnet-small", Order.addresses(2));
        cloud.unassign(eni, "10.0.0.5/32");
        assertThat(texts(cloud.assign(eni, Order.addresses(1)))).containsExactly("10.0.0.5/32");
    }

    @Test
    void prefixesAreAlignedAndWhole() {
        String eni = cloud.create("subnet-large", Order.prefixes(14));
        assertThat(texts(cloud.vpc.getInterface(eni).blocks()))
                .startsWith("10.0.1.16/28")
                .endsWith("10.0.1.224/28");
        // The last has the address that is reserved, the first four of them.
        assertThat(code(() -> cloud.assign(eni, Order.prefixes(1))))
                .isEqualTo("InsufficientCidrBlocks");
    }

    @Test
    void aSubnetFragmentsWhenSingleAddressesAreScattered() {
        Choice scattered = Choice.random(3);
        Outcome<NetworkInterface> made =
                Interfaces.create(
                        cloud.vpc, Creation.in("subnet-large", Order.addresses(40)), scattered);
        assertThat(made.vpc().free(subnet("subnet-large"))).isEqualTo(251 - 41);
        assertThat(
                        code(() ->
                                Assignments.assign(
                                        made.vpc(),
                                        made.value().id(),
                                        Order.prefixes(5),
                                        scattered)))
                .isEqualTo("InsufficientCidrBlocks");
    }

    @Test
    void fewerAddressesThanPrefixesNeedIsABadParameter() {
        String eni = cloud.create("subnet-small", Order.addresses(12));
        Ec2Refusal refusal =
                catchThrowableOfType(Ec2Refusal.class, () -> cloud.assign(eni, Order.prefixes(1)));
        assertThat(refusal.code()).isEqualTo("InvalidParameterValue");
        assertThat(refusal).hasMessage("There aren't sufficient free Ipv4 addresses or prefixes");
    }

    @Test
    void aCreationSaysSoOfFragmentsToo() {
        cloud.reserve("subnet-small", "10.0.0.16/28", Reservation.Type.EXPLICIT);
        assertThat(code(() -> cloud.create("subnet-small", Order.prefixes(1))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void aReservationForPrefixesIsTakenByPrefixesAlone() {
        cloud.reserve("subnet-large", "10.0.1.64/26", Reservation.Type.PREFIX);
        String eni = cloud.create("subnet-large", Order.prefixes(1));
        assertThat(texts(cloud.vpc.getInterface(eni).blocks())).containsExactly("10.0.1.64/28");
        assertThat(texts(cloud.assign(eni, Order.addresses(48))))
                .noneMatch(text -> Cidr.parse("10.0.1.64/26").contains(Cidr.parse(text).address()));
        assertThat(code(() -> cloud.assign(eni, Order.of(Cidr.parse("10.0.1.90/32")))))
                .isEqualTo("PrivateIpAddressLimitExceeded");
        cloud.unassign(eni, "10.0.1.5/32");
        assertThat(code(() -> cloud.assign(eni, Order.of(Cidr.parse("10.0.1.90/32")))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void whatIsReservedForNamedAddressesIsTakenByName() {
        cloud.reserve("subnet-small", "10.0.0.4/30", Reservation.Type.EXPLICIT);
        String eni = cloud.create("subnet-small", Order.addresses(1));
        assertThat(texts(cloud.vpc.getInterface(eni).assigned().toList()))
                .containsExactly("10.0.0.8/32", "10.0.0.9/32");
        cloud.assign(eni, Order.of(Cidr.parse("10.0.0.5/32")));
        assertThat(cloud.vpc.owner(Cidr.address("10.0.0.5")).orElseThrow().id()).isEqualTo(eni);
    }

    @Test
    void reservationsDoNotOverlap() {
        cloud.reserve("subnet-large", "10.0.1.64/26", Reservation.Type.PREFIX);
        assertThat(
                        code(() ->
                                cloud.reserve(
                                        "subnet-large", "10.0.1.96/28", Reservation.Type.EXPLICIT)))
                .isEqualTo("InvalidSubnetCidrReservation.Conflict");
        assertThat(
                        code(() ->
                                cloud.reserve(
                                        "subnet-large", "10.0.2.0/28", Reservation.Type.PREFIX)))
                .isEqualTo("InvalidParameterValue");
        assertThat(
                        code(() ->
                                cloud.reserve(
                                        "subnet-large", "10.0.1.0/29", Reservation.Type.PREFIX)))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void aNamedAddressMustBeFreeAndOfTheSubnet() {
        String one = cloud.create("subnet-large", Order.of(Cidr.parse("10.0.1.77/32")));
        String other = cloud.create("subnet-large", Order.NOTHING);
        assertThat(code(() -> cloud.assign(other, Order.of(Cidr.parse("10.0.1.77/32")))))
                .isEqualTo("InvalidIPAddress.InUse");
        assertThat(code(() -> cloud.assign(other, Order.of(Cidr.parse("10.0.2.77/32")))))
                .isEqualTo("InvalidParameterValue");
        assertThat(code(() -> cloud.assign(other, Order.of(Cidr.parse("10.0.1.78/28")))))
                .isEqualTo("InvalidParameterValue");
        Order again = new Order(List.of(Cidr.parse("10.0.1.77/32")), 0, 0, 0, 0, true);
        cloud.assign(other, again);
        assertThat(cloud.vpc.getInterface(one).blocks()).isEmpty();
        assertThat(texts(cloud.vpc.getInterface(other).blocks())).containsExactly("10.0.1.77/32");
    }

    @Test
    void ipv6AddressesAndPrefixesKeepOutOfEachOthersWay() {
        String eni = cloud.create("subnet-large", Order.NOTHING);
        assertThat(texts(cloud.assign(eni, new Order(List.of(), 0, 0, 2, 2, false))))
                .containsExactly(
                        "2001:db8:0:0:1::/80",
                        "2001:db8:0:0:2::/80",
                        "2001:db8::4/128",
                        "2001:db8::5/128");
        assertThat(code(() -> cloud.assign(eni, Order.of(Cidr.parse("2001:db8:0:0:1::7/128")))))
                .isEqualTo("InvalidIPAddress.InUse");
    }
}
