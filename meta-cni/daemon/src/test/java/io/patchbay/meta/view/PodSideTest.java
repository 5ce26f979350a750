package io.patchbay.meta.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Rule;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PodSideTest {
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final OptionalInt ELSEWHERE = OptionalInt.of(0);

    /// A kernel that need not be asked.
    private static final Rtnl SILENT =
            (Rtnl)
                    Proxy.newProxyInstance(
                            Rtnl.class.getClassLoader(),
                            new Class<?>[] {Rtnl.class},
                            (proxy, method, arguments) -> {
                                throw new AssertionError(method.getName());
                            });

    private static Link link(int index, String name, String kind) {
        return link(index, name, kind, NONE, NONE, NONE);
    }

    private static Link link(
            int index,
            String name,
            String kind,
            OptionalInt master,
            OptionalInt parent,
            OptionalInt parentNetns) {
        return new Link(
                index,
                name,
                kind,
                true,
                1500,
                0,
                Optional.empty(),
                master,
                parent,
                parentNetns,
                NONE,
                NONE,
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Link.Settings.DEFAULT,
                Link.Bridging.NONE,
                Link.Upper.NONE);
    }

    private static Map<Integer, Link> byIndex(Link... links) {
        return Arrays.stream(links).collect(Collectors.toMap(Link::index, Function.identity()));
    }

    private static String parent(Link of, List<Link> inPod, Link... onNode) {
        Link[] pod = inPod.toArray(Link[]::new);
        return new PodSide(SILENT, byIndex(pod), List.of(), List.of())
                .parent(of, node(onNode))
                .map(LinkView.Parent::toString)
                .orElse("-");
    }

    private static NodeSide node(Link... links) {
        return new NodeSide(byIndex(links), List.of(), List.of(), Kernel.pci(Path.of("/nowhere")));
    }

    @Test
    void theParentIsLookedForOnTheSideWhereItIs() {
        List<Link> pod = List.of(link(3, "eth0", "veth"));
        Link node = link(3, "ens5", "");
        assertThat(
                        parent(
                                link(9, "net1", "macvlan", NONE, OptionalInt.of(3), ELSEWHERE),
                                pod,
                                node))
                .isEqualTo("ens5");
        assertThat(parent(link(9, "net1", "macvlan", NONE, OptionalInt.of(3), NONE), pod, node))
                .isEqualTo("eth0 in the pod");
        assertThat(
                        parent(
                                link(9, "net1", "macvlan", NONE, OptionalInt.of(8), ELSEWHERE),
                                pod,
                                node))
                .isEqualTo("link 8 (in another namespace)");
    }

    @Test
    void aVethIsPluggedIntoTheBridgeOfItsPeerOrIntoTheNode() {
        Link eth0 = link(100, "eth0", "veth", NONE, OptionalInt.of(7), ELSEWHERE);
        Link bridge = link(5, "br0", "bridge");
        OptionalInt back = OptionalInt.of(100);
        assertThat(
                        parent(
                                eth0,
                                List.of(),
                                bridge,
                                link(7, "p1", "veth", OptionalInt.of(5), back, ELSEWHERE)))
                .isEqualTo("br0 (p1)");
        assertThat(parent(eth0, List.of(), link(7, "p1", "veth", NONE, back, ELSEWHERE)))
                .isEqualTo("p1");
    }

    @Test
    void aNamesakeOfThePeersIndexIsNotThePeer() {
        Link eth0 = link(100, "eth0", "veth", NONE, OptionalInt.of(7), ELSEWHERE);
        Link other = link(7, "p9", "veth", OptionalInt.of(5), OptionalInt.of(55), ELSEWHERE);
        assertThat(node(other, link(5, "br0", "bridge")).peer(eth0)).isEmpty();
    }

    @Test
    void rulesAreThoseOfItsAddressesItsNameAndItsTables() {
        Link eth0 = link(100, "eth0", "veth");
        Rule ofTable = Rule.from(Cidr.parse("192.0.2.0/24"), 10, 100);
        Rule ofAddress = Rule.to(Cidr.host(Views.ADDRESS.address()), 11, 7);
        Rule ofName =
                new Rule(
                        false,
                        12,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("eth0"),
                        0,
                        0,
                        8);
        Rule ofOthers = Rule.from(Cidr.parse("192.0.2.0/24"), 13, 101);
        PodSide pod =
                new PodSide(
                        SILENT,
                        byIndex(eth0),
                        List.of(Route.to(Cidr.any(false)).on(100).table(100)),
                        List.of(ofTable, ofAddress, ofName, ofOthers));
        assertThat(pod.rules(eth0, List.of(Views.ADDRESS)))
                .extracting(RuleView::rule)
                .containsExactly(ofTable, ofAddress, ofName);
    }

    @Test
    void theNodesRoutesAndRulesAreThoseOfThePodsAddressesAndPort() {
        Cidr host = Cidr.host(Views.ADDRESS.address());
        Route byPort = Route.to(Cidr.parse("198.51.100.0/24")).on(7);
        Route toAddress = Route.to(host).on(2);
        Rule rule = Rule.from(host, 512, 100);
        NodeSide node =
                new NodeSide(
                        Map.of(),
                        List.of(
                                byPort,
                                toAddress,
                                Route.to(Cidr.parse("fe80::/64")).on(7),
                                Route.to(Cidr.any(false)).on(2)),
                        List.of(rule, Rule.from(Views.ADDRESS.network(), 513, 101)),
                        Kernel.pci(Path.of("/nowhere")));
        assertThat(node.routesTo(Optional.of(link(7, "p1", "veth")), List.of(Views.ADDRESS)))
                .containsExactly(byPort, toAddress);
        assertThat(node.rulesOf(List.of(Views.ADDRESS))).containsExactly(rule);
    }
}
