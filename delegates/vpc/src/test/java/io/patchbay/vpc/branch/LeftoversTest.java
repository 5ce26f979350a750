package io.patchbay.vpc.branch;

import static io.patchbay.vpc.branch.Enforcement.STANDARD;
import static io.patchbay.vpc.branch.Enforcement.STRICT;
import static io.patchbay.vpc.branch.Given.MAC;
import static io.patchbay.vpc.branch.Given.TRUNK;
import static io.patchbay.vpc.branch.Given.WAY;
import static io.patchbay.vpc.branch.Given.link;
import static io.patchbay.vpc.branch.Given.veth;
import static io.patchbay.vpc.branch.Given.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.branch.Leftovers.Seen;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:77");
    private static final Branch BRANCH = Given.branch(STRICT, WAY);
    private static final Cidr FORMER = Cidr.parse("10.0.1.77/32");
    private static final Rule BY_VLAN = BranchRouting.incoming("vlan.eth.7", false, 107);
    private static final Rule BY_VETH = BranchRouting.incoming("vlanformer", false, 107);
    private static final Rule FROM_FORMER = Rule.from(FORMER, 1536, 107);
    private static final Rule TO_FORMER = Rule.to(FORMER, 512, Route.MAIN);
    private static final Route TO_VETH = Route.to(FORMER).on(60);

    private final List<Link> links = new ArrayList<>(Given.links());
    private final List<Rule> rules = new ArrayList<>();
    private final List<Route> table = new ArrayList<>();
    private final List<Route> main = new ArrayList<>();
    private final List<Branch> others = new ArrayList<>();

    private Leftovers leftovers() {
        return Leftovers.of(BRANCH, TRUNK, others, new Seen(links, rules, table, main));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() {
        return assertThatThrownBy(this::leftovers)
                .satisfies(e ->
                        assertThat(((CniException) e).code()).isEqualTo(Standard.TRY_AGAIN_LATER));
    }

    @Test
    void onANodeWithoutAnyThereAreNone() {
        others.add(Given.branch("other", 8, OTHER, STRICT, WAY));
        links.add(vlan(80, "vlan.eth.8", OTHER, TRUNK, 8));
        rules.add(BranchRouting.incoming("vlan.eth.8", false, 108));
        rules.add(Rule.from(Cidr.parse("10.0.0.9/32"), 1536, 2));
        rules.add(Rule.to(Cidr.parse("10.0.0.9/32"), 512, Route.MAIN));
        assertThat(leftovers()).isEqualTo(new Leftovers(List.of(), List.of()));
    }

    @Test
    void aStrictPodThatIsGoneLeavesItsLinkAndRules() {
        links.add(vlan(60, "vlan.eth.7", OTHER, TRUNK, 7));
        rules.addAll(List.of(BY_VLAN, BY_VETH));
        table.add(Route.to(Cidr.parse("10.0.1.1/32")).on(60));
        assertThat(leftovers()).isEqualTo(new Leftovers(List.of(60), List.of(BY_VLAN, BY_VETH)));
    }

    @Test
    void aStandardPodThatIsGoneLeavesItsLinkAndRules() {
        links.add(vlan(60, "vlan.eth.7", OTHER, TRUNK, 7));
        rules.addAll(List.of(TO_FORMER, FROM_FORMER));
        assertThat(leftovers())
                .isEqualTo(new Leftovers(List.of(60), List.of(TO_FORMER, FROM_FORMER)));
    }

    @Test
    void theVlanIsStaleUnderAnotherNameToo() {
        links.add(vlan(60, "renamed", OTHER, TRUNK, 7));
        assertThat(leftovers().links()).containsExactly(60);
    }

    @Test
    void rulesOfTheNameOfThePodsLinkAndOfItsAddressAreStale() {
        Rule byName = BranchRouting.incoming(BRANCH.hostName(), false, 199);
        Rule from = Rule.from(WAY.cidr(), 1536, 3);
        rules.addAll(List.of(byName, from));
        assertThat(leftovers().rules()).containsExactly(byName, from);
    }

    @Test
    void aVlanThatANoteKnowsIsNotTaken() {
        others.add(Given.branch("other", 7, OTHER, STRICT, WAY));
        refused()
                .hasMessage(
                        "VLAN 7 of interface eni-cart is to be that of pod shop/cart, and pod shop/other still has VLAN 7 of interface eni-other: it waits for its DEL");
    }

    @Test
    void anInterfaceThatANoteKnowsIsNotTaken() {
        others.add(Given.branch("other", 8, MAC, STANDARD, WAY));
        refused().hasMessageContaining("pod shop/other still has VLAN 8 of interface eni-other");
    }

    @Test
    void aStrictPodThatNoNoteKnowsIsNotDisturbed() {
        links.addAll(List.of(vlan(60, "vlan.eth.7", OTHER, TRUNK, 7), veth(61, "vlanformer")));
        rules.add(BY_VETH);
        refused()
                .hasMessage(
                        "VLAN 7 of the trunk of this node is to be that of pod shop/cart, and still leads to link vlanformer (index 61), which no note knows: it ends with its pod; where there is none, delete it");
    }

    @Test
    void aPodThatTheTableLeadsToIsNotDisturbed() {
        links.add(veth(60, "vlanformer"));
        table.add(TO_VETH);
        refused().hasMessageContaining("link vlanformer (index 60)");
    }

    @Test
    void aStandardPodThatNoNoteKnowsIsNotDisturbed() {
        links.add(veth(60, "eniformer"));
        rules.add(FROM_FORMER);
        main.add(TO_VETH);
        refused().hasMessageContaining("link eniformer (index 60)");
    }

    @Test
    void anAddressThatTheHostRoutesToALinkIsNotTaken() {
        links.add(veth(60, "eniformer"));
        main.add(Route.to(WAY.cidr()).on(60));
        refused().hasMessageContaining("link eniformer (index 60)");
    }

    @Test
    void aLinkOfTheNameThatIsNoVlanOfTheTrunkIsNotDeleted() {
        links.add(veth(60, "vlan.eth.7"));
        refused()
                .hasMessage(
                        "link vlan.eth.7 (index 60) is in the way of VLAN 7 with MAC address 02:00:00:00:00:42 of pod shop/cart, and is another than that: delete it");
    }

    @Test
    void aVlanOfAnotherLinkIsNotDeleted() {
        links.add(vlan(60, "vlan.eth.7", OTHER, Given.ETH0, 7));
        refused().hasMessageContaining("link vlan.eth.7 (index 60) is in the way");
    }

    @Test
    void anotherVlanWithTheMacAddressIsNotDeleted() {
        links.add(vlan(60, "vlan.eth.9", MAC, TRUNK, 9));
        refused().hasMessageContaining("link vlan.eth.9 (index 60) is in the way");
    }

    @Test
    void theSameVlanOfAnotherLinkThanTheTrunkIsNotInTheWay() {
        links.add(vlan(60, "eth0.7", OTHER, Given.ETH0, 7));
        links.add(link(61, "mgmt", MAC));
        assertThat(leftovers().links()).isEmpty();
    }
}
