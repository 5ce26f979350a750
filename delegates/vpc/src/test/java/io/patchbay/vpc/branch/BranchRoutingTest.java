package io.patchbay.vpc.branch;

import static io.patchbay.vpc.branch.Enforcement.STANDARD;
import static io.patchbay.vpc.branch.Enforcement.STRICT;
import static io.patchbay.vpc.branch.Given.VETH;
import static io.patchbay.vpc.branch.Given.VLAN;
import static io.patchbay.vpc.branch.Given.WAY;
import static io.patchbay.vpc.branch.Given.WAY_IPV6;
import static io.patchbay.vpc.branch.Given.veth;
import static io.patchbay.vpc.branch.Given.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.SetMac;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec.Vlan;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Rule;
import io.patchbay.vpc.plumbing.Told;
import io.patchbay.vpc.plumbing.Wanted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BranchRoutingTest {
    private static final Branch CART = Given.branch(STRICT, WAY);
    private static final List<Link> NODE = withBranch(veth(VETH, CART.hostName()));

    private static List<Link> withBranch(Link... more) {
        List<Link> links = new ArrayList<>(Given.links());
        links.addAll(List.of(more));
        return links;
    }

    private static Wanted wanted(Branch branch) {
        return new BranchState(List.of(branch), branch.isStrict()).wanted(NODE);
    }

    private static List<String> routes(Wanted wanted) {
        return wanted.routes().stream().map(Told::of).toList();
    }

    private static List<String> rules(Wanted wanted) {
        return wanted.rules().stream().map(Told::of).toList();
    }

    @Test
    void withStrictEnforcementTheTableAloneLeadsOutAndToThePod() {
        Wanted wanted = wanted(CART);
        assertThat(routes(wanted))
                .containsExactly(
                        "route to 10.0.1.1/32 on link 42 in table 107",
                        "route to 0.0.0.0/0 via 10.0.1.1 on link 42 in table 107",
                        "route to 10.0.1.9/32 on link 40 in table 107");
        assertThat(rules(wanted))
                .containsExactly(
                        "rule 10 coming in by vlan.eth.7 to table 107",
                        "rule 10 coming in by vlan0123 to table 107");
        assertThat(wanted.sysctls())
                .containsEntry("net/ipv4/conf/vlan.eth.7/rp_filter", "2")
                .containsEntry("net/ipv4/conf/vlan0123/rp_filter", "2")
                .containsEntry("net/ipv4/tcp_early_demux", "0")
                .containsEntry("net/ipv6/conf/vlan.eth.7/disable_ipv6", "1")
                .containsEntry("net/ipv6/conf/vlan0123/disable_ipv6", "1");
        assertThat(wanted.links()).containsOnlyKeys(Given.TRUNK, VLAN, VETH);
    }

    @Test
    void withStandardEnforcementThePodIsReachedLikeAnyOther() {
        Wanted wanted = wanted(Given.branch(STANDARD, WAY));
        assertThat(routes(wanted))
                .containsExactly(
                        "route to 10.0.1.1/32 on link 42 in table 107",
                        "route to 0.0.0.0/0 via 10.0.1.1 on link 42 in table 107",
                        "route to 10.0.1.9/32 on link 40 in table 254");
        assertThat(rules(wanted))
                .containsExactly(
                        "rule 512 to 10.0.1.9/32 to table 254",
                        "rule 1536 from 10.0.1.9/32 to table 107");
        assertThat(wanted.sysctls())
                .containsEntry("net/ipv4/conf/vlan.eth.7/rp_filter", "2")
                .doesNotContainKeys("net/ipv4/conf/eni0123/rp_filter", "net/ipv4/tcp_early_demux");
    }

    @Test
    void ofIpv6TheRoutersAnswersAreForTheNodeItself() {
        Wanted wanted = wanted(Given.branch(STRICT, WAY_IPV6, WAY));
        assertThat(routes(wanted))
                .contains(
                        "route to fe80:ec2::1/128 on link 42 in table 107",
                        "route to ::/0 via fe80:ec2::1 on link 42 in table 107",
                        "route to 2001:db8:0:1::9/128 on link 40 in table 107");
        assertThat(rules(wanted))
                .containsExactly(
                        "rule 0 from fe80:ec2::1/128 coming in by vlan.eth.7 to table 255",
                        "rule 10 coming in by vlan.eth.7 to table 107",
                        "rule 10 coming in by vlan0123 to table 107",
                        "rule 10 coming in by vlan.eth.7 to table 107",
                        "rule 10 coming in by vlan0123 to table 107");
        assertThat(wanted.rules().stream().map(Rule::ipv6))
                .containsExactly(true, true, true, false, false);
        assertThat(wanted.sysctls())
                .containsEntry("net/ipv6/conf/vlan.eth.7/accept_ra", "0")
                .containsEntry("net/ipv6/conf/vlan.eth.7/forwarding", "0")
                .containsEntry("net/ipv6/conf/vlan.eth.7/disable_ipv6", "0");
    }

    @Test
    void everyStrictBranchHasAZoneOfItsOwn() {
        Branch other =
                Given.branch("other", 4094, MacAddress.parse("02:00:00:00:00:77"), STRICT, WAY);
        assertThat(BranchState.zones(List.of(CART, other)))
                .containsEntry("vlan.eth.7", 45063)
                .containsEntry("vlan.eth.4094", 49150)
                .containsKey("vlan0123");
        assertThat(BranchState.zones(List.of(Given.branch(STANDARD, WAY)))).isEmpty();
    }

    @Test
    void theLinkIsMadeOnTheTrunkWithTheBranchsMacAddress() {
        List<Change> changes = new BranchState(List.of(CART), true).links(NODE);
        assertThat(changes).singleElement().isInstanceOf(CreateLink.class);
        Vlan vlan = (Vlan) ((CreateLink) changes.getFirst()).spec();
        assertThat(vlan.parent()).isEqualTo(Given.TRUNK);
        assertThat(vlan.id()).isEqualTo(7);
        assertThat(vlan.head().name()).isEqualTo("vlan.eth.7");
        assertThat(vlan.head().index()).isEqualTo(VLAN);
        assertThat(vlan.head().mac()).contains(Given.MAC);
        assertThat(vlan.head().group()).isEqualTo(Given.GROUP);
        assertThat(vlan.head().up()).isFalse();
    }

    @Test
    void theLinkGetsItsMacAddressBack() {
        MacAddress wrong = MacAddress.parse("02:00:00:00:00:99");
        List<Link> links = withBranch(vlan(VLAN, "vlan.eth.7", wrong, Given.TRUNK, 7));
        assertThat(new BranchState(List.of(CART), true).links(links))
                .containsExactly(new SetMac(VLAN, Given.MAC));
    }

    @Test
    void aLinkThatGotTheIndexAfterABootIsNotTheBranchs() {
        assertThat(CART.isOwn(veth(VLAN, "vlan.eth.7"))).isFalse();
        assertThat(CART.isOwn(vlan(VLAN, "renamed", Given.MAC, Given.TRUNK, 7))).isTrue();
        assertThat(CART.isOwn(vlan(VLAN, "vlan.eth.8", Given.MAC, Given.TRUNK, 8))).isFalse();
    }

    @Test
    void aBranchWithoutPodOrTrunkIsLeftAlone() {
        assertThat(BranchState.of(List.of(CART), true, NODE).branches()).containsExactly(CART);
        assertThat(BranchState.of(List.of(CART), true, Given.links()).branches()).isEmpty();
        assertThat(
                        BranchState.of(List.of(CART), true, List.of(veth(VETH, CART.hostName())))
                                .branches())
                .isEmpty();
    }

    @Test
    void aBranchIsAsItWasNoted() {
        Branch branch = Given.branch(STRICT, WAY_IPV6, WAY);
        assertThat(BranchNote.of(branch).branch()).isEqualTo(branch);
    }

    @Test
    void thePodsLinkIsNamedByItsEnforcement() {
        assertThat(Enforcement.of("enforcing", "strict").prefix("eni")).isEqualTo("vlan");
        assertThat(Enforcement.of("enforcing", "standard").prefix("eni")).isEqualTo("eni");
        assertThatThrownBy(() -> Enforcement.of("enforcing", "lax"))
                .hasMessage("enforcing is \"lax\": it is strict or standard");
    }
}
