package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ParentChoiceTest {
    private static final Route FIRST = Route.to(Cidr.any(false)).on(2).metric(100);
    private static final Route SECOND = Route.to(Cidr.any(false)).on(3).metric(200);
    private static final Route SIXTH = Route.to(Cidr.any(true)).on(4).metric(1);
    private static final Route NARROW = Route.to(Cidr.parse("0.0.0.0/1")).on(5);

    @Test
    void theDefaultParentIsThatOfTheRouteTheKernelPrefers() {
        assertThat(ParentChoice.defaultLink(List.of(NARROW, SIXTH, SECOND, FIRST)))
                .isEqualTo(OptionalInt.of(2));
    }

    @Test
    void aNodeOfIpv6OnlyHasADefaultParentToo() {
        assertThat(ParentChoice.defaultLink(List.of(NARROW, SIXTH))).isEqualTo(OptionalInt.of(4));
    }

    @Test
    void aNodeWithoutADefaultRouteHasNone() {
        assertThat(ParentChoice.defaultLink(List.of(NARROW))).isEmpty();
    }

    @Test
    void behindAnotherPluginTheParentIsItsOnlyLink() {
        assertThat(ParentChoice.behind(result(onHost("up1")), config("", false)).name())
                .contains("up1");
        assertThat(ParentChoice.behind(result(onHost("up1")), config("up0", false)).name())
                .contains("up0");
        assertThat(ParentChoice.behind(result(inPod("net1")), config("", true)).name())
                .contains("net1");
    }

    @Test
    void ofSeveralLinksOrNoneBehindAnotherPluginNoneIsGuessed() {
        assertThatThrownBy(() ->
                        ParentChoice.behind(result(onHost("a"), onHost("b")), config("", false)))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("\"master\"", "a, b", "name it");
        assertThatThrownBy(() -> ParentChoice.behind(result(), config("", false)))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("\"master\"", "none");
    }

    @Test
    void aLinkOfThePodIsNoParentForANetworkWhoseParentIsOnTheHost() {
        assertThatThrownBy(() -> ParentChoice.behind(result(inPod("eth0")), config("", false)))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("eth0", "linkInContainer");
    }

    private static IpvlanConfig config(String master, boolean inPod) {
        return new IpvlanConfig(
                Optional.of(master), Optional.empty(), Optional.empty(), 0, inPod, false);
    }

    private static CniResult result(Interface... links) {
        return new CniResult(List.of(links), List.of(), List.of(), CniResult.Dns.EMPTY);
    }

    private static Interface onHost(String name) {
        return Interface.onHost(name, MacAddress.parse("02:00:00:00:00:01"), 1500);
    }

    private static Interface inPod(String name) {
        return Interface.inSandbox(
                name, MacAddress.parse("02:00:00:00:00:01"), 1500, "/run/netns/pod");
    }
}
