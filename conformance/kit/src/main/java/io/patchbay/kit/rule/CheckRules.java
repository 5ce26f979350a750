package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.LinkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import org.junit.jupiter.api.Test;

/// The group CHECK: what it finds, and what it leaves alone.
public interface CheckRules extends AddRules {
    @Test
    default void check401_findsNothingAfterAnAdd() {
        try (RigPod pod = new RigPod("check-401")) {
            candidate().addOrAbort(pod);
            candidate().rig().check(pod);
        }
    }

    @Test
    default void check402_findsThatTheInterfaceIsGone() {
        candidate().settled();
        try (RigPod pod = new RigPod("check-402")) {
            candidate().add(pod);
            if (pod.witness().attempt("ip", "link", "del", "eth0").status() != 0) {
                // A device cannot be deleted; it is as gone under another name.
                pod.witness().run("ip", "link", "set", "eth0", "down");
                pod.witness().run("ip", "link", "set", "eth0", "name", "stolen");
            }
            assertFound(pod, "eth0");
        }
    }

    @Test
    default void check403_findsThatAnAddressIsGone() {
        candidate().settled();
        try (RigPod pod = new RigPod("check-403")) {
            int addresses = candidate().add(pod).ips().size();
            for (int i = 0; i < addresses; i++) {
                candidate().rig().del(pod);
                Cidr lost = candidate().add(pod).ips().get(i).address();
                pod.witness().run("ip", "address", "del", lost.toString(), "dev", "eth0");
                assertFound(pod, bare(lost));
            }
        }
    }

    /// Whether others make the link, and the delegate changes it.
    default boolean isChained() {
        return false;
    }

    @Test
    default void check404_findsThatARouteIsGone() {
        Premise.holds(304, this::add304_tellsRoutesThatAreThere);
        try (RigPod pod = new RigPod("check-404")) {
            int routes = candidate().add(pod).routes().size();
            for (int i = 0; i < routes; i++) {
                candidate().rig().del(pod);
                Cidr lost = candidate().add(pod).routes().get(i).destination();
                PodRoutes.delete(pod.witness(), lost);
                assertFound(pod, bare(lost));
            }
        }
    }

    private void assertFound(RigPod pod, String named) {
        Throwable told = catchThrowable(() -> candidate().rig().check(pod));
        assertThat(told).as("what CHECK throws").isInstanceOf(CniException.class);
        assertThat(told.getMessage()).as("what CHECK says").contains(named);
    }

    /// As it is written, without the prefix.
    private static String bare(Cidr cidr) {
        return cidr.toString().substring(0, cidr.toString().indexOf('/'));
    }

    @Test
    default void check405_changesNothing() {
        candidate().settled();
        try (RigPod pod = new RigPod("check-405")) {
            candidate().add(pod);
            Snapshot node = candidate().rig().snapshot();
            Snapshot inside = pod.snapshot();
            candidate().rig().check(pod);
            assertThat(pod.snapshot().since(inside)).as("what CHECK did in the pod").isEmpty();
            candidate().assertNothingLeftSince(node, "CHECK");
        }
    }

    @Test
    default void check406_findsNothingAfterARestart() {
        candidate().settled();
        try (RigPod pod = new RigPod("check-406")) {
            candidate().add(pod);
            assertThat(candidate().rig().restart()).isEmpty();
            candidate().rig().check(pod);
        }
    }

    @Test
    default void check407_letsLaterPluginsChangeTheLink() {
        candidate().settled();
        try (RigPod pod = new RigPod("check-407")) {
            candidate().add(pod);
            for (LinkState link : LinkState.in(pod.witness())) {
                if (!link.name().equals("lo")) {
                    change(pod, link);
                }
            }
            candidate().rig().check(pod);
        }
    }

    /// As the reference plugins tuning and sbr may. What is chained itself may have set the first
    /// two, and may insist on them.
    private void change(RigPod pod, LinkState link) {
        String mtu = Integer.toString(link.mtu() - 8);
        if (!isChained()) {
            pod.witness().run("ip", "link", "set", link.name(), "mtu", mtu, "txqueuelen", "7");
        }
        pod.witness().run("ip", "address", "add", "192.0.2.77/32", "dev", link.name());
    }
}
