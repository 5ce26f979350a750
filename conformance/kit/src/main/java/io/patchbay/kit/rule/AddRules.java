package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.fault.Fault;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.LinkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The group ADD, as far as it holds for everything that can be attached.
public interface AddRules extends Rules {
    /// Aborts the test where the core does not load what makes the network.
    default void assumeLoaded() {}

    @Test
    default void add301_works() {
        assumeLoaded();
        try (RigPod pod = new RigPod("add-301")) {
            candidate().add(pod);
        }
    }

    @Test
    default void add302_tellsTheInterfacesAsTheyAre() {
        candidate().settled();
        try (RigPod pod = new RigPod("add-302")) {
            List<Interface> told = told(candidate().add(pod), pod);
            List<LinkState> present = LinkState.in(pod.witness());
            assertThat(told.stream().map(Interface::name))
                    .as("interfaces that the result puts into the pod")
                    .containsExactlyInAnyOrderElementsOf(namesBesideLoopback(present));
            for (Interface link : told) {
                LinkState found = named(link.name(), present);
                link.mac()
                        .ifPresent(mac ->
                                assertThat(found.mac())
                                        .as("MAC address of %s", link.name())
                                        .isEqualTo(mac.toString()));
                if (link.mtu() != 0) {
                    assertThat(found.mtu()).as("MTU of %s", link.name()).isEqualTo(link.mtu());
                }
            }
        }
    }

    /// Whether a result tells an address that a pod has: not one by which nobody may call the pod,
    /// such as that of a family that is only translated on the node.
    default boolean isTold(Cidr address) {
        return true;
    }

    @Test
    default void add303_tellsTheAddressesAsTheyAre() {
        candidate().settled();
        try (RigPod pod = new RigPod("add-303")) {
            CniResult result = candidate().add(pod);
            List<String> present =
                    LinkState.in(pod.witness()).stream()
                            .filter(link -> !link.name().equals("lo"))
                            .flatMap(link ->
                                    link.addresses().stream()
                                            .filter(address -> isTold(Cidr.parse(address)))
                                            .map(address -> link.name() + " " + address))
                            .toList();
            assertThat(result.ips().stream().map(ip -> placed(ip, result)))
                    .as("addresses that the result tells")
                    .containsExactlyInAnyOrderElementsOf(present);
        }
    }

    @Test
    default void add304_tellsRoutesThatAreThere() {
        candidate().settled();
        try (RigPod pod = new RigPod("add-304")) {
            CniResult result = candidate().add(pod);
            List<String> present = PodRoutes.in(pod.witness());
            for (CniResult.Route route : result.routes()) {
                assertThat(present)
                        .as("routes of the pod")
                        .contains(PodRoutes.destination(route.destination()));
            }
            candidate().rig().del(pod);
        }
    }

    /// Everything that is done before the plan is journaled is a probe's.
    @Test
    default void add307_probesWithoutEffect() {
        Snapshot before = candidate().settled();
        try (RigPod pod = new RigPod("add-307")) {
            Snapshot inside = pod.snapshot();
            int journaled = candidate().find("write sandboxes/", () -> candidate().add(pod));
            candidate().rig().del(pod);
            candidate().attempt(new Fault.FailFrom(journaled), () -> candidate().add(pod));
            assertThat(pod.snapshot().since(inside)).as("what a probe did in the pod").isEmpty();
            candidate().assertNothingLeftSince(before, "a probe");
        }
    }

    @Test
    default void add308_leavesTheNodeWhatItHad() {
        Snapshot before = candidate().rig().snapshot();
        try (RigPod pod = new RigPod("add-308")) {
            candidate().addOrAbort(pod);
            assertThat(candidate().rig().snapshot().since(before))
                    .as("what an ADD did to the node")
                    .noneMatch(line -> line.contains(" - "));
        }
    }

    @Test
    default void add309_attachesAPodTwiceOrRefuses() {
        Snapshot before = candidate().settled();
        try (RigPod pod = new RigPod("add-309")) {
            Snapshot inside = pod.snapshot();
            try {
                candidate().rig().add(pod, candidate().config(), candidate().config());
                assertThat(namesBesideLoopback(LinkState.in(pod.witness())))
                        .contains("eth0", "net1");
            } catch (CniException refusal) {
                assertThat(refusal.getMessage()).isNotBlank();
                assertThat(pod.snapshot().since(inside)).as("left in the pod").isEmpty();
                candidate().assertNothingLeftSince(before, "the refusal");
            }
            candidate().rig().del(pod);
            candidate().assertNothingLeftSince(before, "a DEL of two attachments");
        }
    }

    private static List<Interface> told(CniResult result, RigPod pod) {
        return result.interfaces().stream()
                .filter(link -> link.sandbox().equals(pod.path()))
                .toList();
    }

    private static List<String> namesBesideLoopback(List<LinkState> links) {
        return links.stream().map(LinkState::name).filter(name -> !name.equals("lo")).toList();
    }

    private static LinkState named(String name, List<LinkState> links) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst().orElseThrow();
    }

    private static String placed(CniResult.Ip ip, CniResult result) {
        String link =
                ip.link().isPresent() ? result.interfaces().get(ip.link().getAsInt()).name() : "?";
        return link + " " + ip.address();
    }
}
