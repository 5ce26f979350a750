package io.patchbay.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorTest {
    private final Cloud cloud =
            new Cloud(
                    Layout.of("10.0.0.0/16", "2001:db8::/56")
                            .subnet("10.0.0.0/24")
                            .ipv6("2001:db8:0:1::/64")
                            .subnet("10.0.1.0/24")
                            .instanceType("m5.large"));
    private final Operator operator = new Operator(cloud);
    private final String subnet = subnets().getFirst();
    private final String plain = subnets().getLast();
    private final String instance = operator.run("a", "m5.large", subnet, 2).id();

    @AfterEach
    void close() {
        cloud.close();
    }

    private List<String> subnets() {
        return List.copyOf(cloud.ledger().now().subnets().keySet());
    }

    private SimulatedNode node() {
        return SimulatedNode.of(cloud.ledger().now(), cloud.ledger().now().getInstance(instance));
    }

    private SimulatedEni trunk() {
        return operator.attach(node(), 0, Creation.in(subnet, Order.NOTHING).as(Kind.TRUNK));
    }

    @Test
    void anInstanceHasAnAddressOfEachFamilyThatItsSubnetHas() {
        assertThat(node().primary().addresses6())
                .singleElement()
                .satisfies(
                        own -> assertThat(Cidr.parse("2001:db8:0:1::/64").contains(own)).isTrue());
        assertThat(node().primary().secondaries()).hasSize(2);
        String other = operator.run("b", "m5.large", plain, 0).id();
        assertThat(cloud.ledger().now().attachedTo(other).getFirst().blocks()).isEmpty();
    }

    @Test
    void anInterfaceIsMadeInAnotherSubnetWithGroupsAndTags() {
        operator.group(new SecurityGroup("sg-web", "web", List.of(Permission.ALL), List.of()));
        SimulatedEni eni =
                operator.attach(
                        node(),
                        0,
                        Creation.in(plain, Order.prefixes(1))
                                .inGroups("sg-web")
                                .tagged(Map.of("k", "v")));
        assertThat(eni.device()).isEqualTo(1);
        assertThat(eni.subnet().id()).isEqualTo(plain);
        assertThat(eni.prefixes()).hasSize(1);
        operator.tag(eni.id(), Map.of("more", "w"));
        NetworkInterface made = cloud.ledger().now().getInterface(eni.id());
        assertThat(made.tags()).isEqualTo(Map.of("k", "v", "more", "w"));
        assertThat(made.groups()).containsExactly("sg-web");
        operator.groups(eni.id(), List.copyOf(cloud.ledger().now().groups().keySet()));
        assertThat(cloud.ledger().now().getInterface(eni.id()).groups()).hasSize(2);
    }

    @Test
    void aBranchIsMadeOnATrunkAndDeletedInOneCallEach() {
        SimulatedEni trunk = trunk();
        SimulatedBranch branch =
                operator.branch(trunk.id(), 7, Creation.in(subnet, Order.ipv6Addresses(1)));
        assertThat(branch.vlan()).isEqualTo(7);
        assertThat(branch.trunk()).isEqualTo(trunk.id());
        assertThat(branch.primary6()).isPresent();
        NetworkInterface made = cloud.ledger().now().getInterface(branch.id());
        assertThat(made.kind()).isEqualTo(Kind.BRANCH);
        assertThat(made.association().orElseThrow().id()).isEqualTo(branch.association());
        assertThatThrownBy(() -> operator.branch(trunk.id(), 7, Creation.in(subnet, Order.NOTHING)))
                .isInstanceOf(Ec2Refusal.class)
                .hasMessageContaining("VLAN ID 7 is already in use");
        operator.delete(branch.id());
        assertThat(cloud.ledger().now().interfaces()).doesNotContainKey(branch.id());
    }

    @Test
    void whatEc2RefusesOfIpv6IsRefusedByItsCode() {
        SimulatedEni other = operator.attach(node(), 0, Creation.in(plain, Order.NOTHING));
        assertThat(code(other.id(), Order.ipv6Prefixes(1))).isEqualTo("InvalidParameterValue");
        String eni = node().primary().id();
        assertThat(code(eni, Order.of(Cidr.parse("2001:db8:0:1::/64"))))
                .isEqualTo("InvalidParameterValue");
        assertThat(code(eni, Order.of(Cidr.parse("2001:db8:0:9::7/128"))))
                .isEqualTo("InvalidParameterValue");
        operator.assign(eni, Order.ipv6Prefixes(9));
        assertThat(code(eni, Order.ipv6Prefixes(1))).isEqualTo("Ipv6AddressLimitExceeded");
        List<Cidr> prefixes = operator.eni(eni).prefixes6();
        operator.unassign(eni, prefixes);
        assertThat(operator.eni(eni).prefixes6()).isEmpty();
    }

    private String code(String eni, Order order) {
        try {
            operator.assign(eni, order);
            return "";
        } catch (Ec2Refusal e) {
            return e.code();
        }
    }
}
