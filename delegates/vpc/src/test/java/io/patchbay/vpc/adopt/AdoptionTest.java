package io.patchbay.vpc.adopt;

import static io.patchbay.vpc.pool.Enis.address;
import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Route.Scope;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.pool.Holding;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    private static final InetAddress FIRST = address(0, 5);
    private static final InetAddress SECOND = address(1, 5);

    private final List<Allocation> allocations = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private Adoption adoption() {
        return Adoption.of(
                new Checkpoint(allocations, List.of()),
                rules,
                routes,
                links,
                List.of(eni(0, 2), eni(1, 2)));
    }

    @Test
    void aPodWithALinkAndARouteHasItsAddress() {
        allocated("web", FIRST);
        running("web", FIRST, 7, Route.MAIN);
        assertThat(adoption())
                .isEqualTo(new Adoption(List.of(held("web", FIRST, "eni-00", 254, 7)), List.of()));
    }

    @Test
    void itsTableIsThatOfItsRule() {
        allocated("web", SECOND);
        running("web", SECOND, 7, 2);
        assertThat(adoption().holdings()).containsExactly(held("web", SECOND, "eni-01", 2, 7));
    }

    @Test
    void anAddressThatMetadataDoesNotTellIsStillItsPods() {
        allocated("web", address(9, 5));
        running("web", address(9, 5), 7, 10);
        assertThat(adoption().holdings()).containsExactly(held("web", address(9, 5), "", 10, 7));
    }

    @Test
    void aPodWithoutALinkIsNoMoreAndItsRulesAreLeftovers() {
        allocated("web", SECOND);
        rules(SECOND, 2);
        assertThat(adoption()).isEqualTo(new Adoption(List.of(), List.copyOf(rules)));
    }

    @Test
    void aPodWithoutALinkOrARuleLeftNothing() {
        allocated("web", SECOND);
        assertThat(adoption()).isEqualTo(new Adoption(List.of(), List.of()));
    }

    @Test
    void aLinkThatIsDownHasLostItsRouteAndIsAPodsAllTheSame() {
        allocated("web", FIRST);
        link("web", 7);
        rules(FIRST, Route.MAIN);
        assertThat(adoption())
                .isEqualTo(new Adoption(List.of(held("web", FIRST, "eni-00", 254, 7)), List.of()));
    }

    @Test
    void aPodThatWasMadeAnewDoesNotKeepTheAddressOfTheOneBefore() {
        allocations.add(new Allocation(id("before"), FIRST, pod("web"), 0));
        allocations.add(new Allocation(id("after"), SECOND, pod("web"), 0));
        running("web", SECOND, 7, 2);
        rules(FIRST, Route.MAIN);
        Adoption adoption = adoption();
        assertThat(adoption.holdings())
                .extracting(holding -> holding.owner().containerId())
                .containsExactly("after");
        assertThat(adoption.leftovers())
                .containsExactly(Rule.to(Cidr.host(FIRST), 512, Route.MAIN));
    }

    @Test
    void anAddressThatLeadsToAnotherPodsLinkIsNotAdoptedNorAreItsRulesLeftovers() {
        allocated("web", FIRST);
        running("later", FIRST, 7, Route.MAIN);
        assertThat(adoption()).isEqualTo(new Adoption(List.of(), List.of()));
    }

    @Test
    void withoutAPodsNameTheRouteDecidesAlone() {
        allocations.add(new Allocation(id("web"), FIRST, new PodRef("", "", ""), 0));
        allocations.add(new Allocation(id("gone"), SECOND, new PodRef("", "", ""), 0));
        running("whatever", FIRST, 7, Route.MAIN);
        assertThat(adoption().holdings()).containsExactly(held("web", FIRST, "eni-00", 254, 7));
    }

    @Test
    void aPodOfSeveralCardsHasAnAddressOfEach() {
        allocated("web", FIRST);
        allocations.add(
                new Allocation(
                        new AttachmentId("web", "aws-cni", "mNicIf1"), SECOND, pod("web"), 1));
        running("web", FIRST, 7, Route.MAIN);
        links.add(link(8, "eni" + allocations.getLast().linkSuffix()));
        route(SECOND, 8);
        rules(SECOND, 10_101);
        assertThat(adoption().holdings())
                .extracting(Holding::address, Holding::link, Holding::table)
                .containsExactly(tuple(FIRST, 7, 254), tuple(SECOND, 8, 10_101));
    }

    @Test
    void withoutACheckpointNothingIsAdoptedAndNothingRemoved() {
        running("web", FIRST, 7, 2);
        assertThat(adoption()).isEqualTo(new Adoption(List.of(), List.of()));
    }

    private void allocated(String name, InetAddress address) {
        allocations.add(new Allocation(id(name), address, pod(name), 0));
    }

    private void running(String name, InetAddress address, int link, int table) {
        link(name, link);
        route(address, link);
        rules(address, table);
    }

    private void link(String name, int index) {
        links.add(link(index, "eni" + new Allocation(id(name), FIRST, pod(name), 0).linkSuffix()));
    }

    private static Link link(int index, String name) {
        return new Link(
                index,
                name,
                "veth",
                true,
                1500,
                0,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private void route(InetAddress address, int link) {
        routes.add(Route.to(Cidr.host(address)).on(link).scope(Scope.LINK));
    }

    private void rules(InetAddress address, int table) {
        rules.add(Rule.to(Cidr.host(address), 512, Route.MAIN));
        if (table != Route.MAIN) {
            rules.add(Rule.from(Cidr.host(address), 1536, table));
        }
    }

    private Holding held(String name, InetAddress address, String eni, int table, int link) {
        Optional<PodRef> pod =
                allocations.stream()
                        .filter(allocation -> allocation.address().equals(address))
                        .map(Allocation::pod)
                        .filter(of -> !of.name().isEmpty())
                        .findFirst();
        return new Holding(address, id(name), eni, table, link, Optional.empty(), pod, true);
    }

    private static AttachmentId id(String name) {
        return new AttachmentId(name, "aws-cni", "eth0");
    }

    private static PodRef pod(String name) {
        return new PodRef("default", name, "");
    }
}
