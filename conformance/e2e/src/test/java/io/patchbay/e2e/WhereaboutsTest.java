package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cluster.ControlPlane;
import io.patchbay.cluster.Place;
import io.patchbay.cluster.User;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.Checkout;
import io.patchbay.e2e.node.PodNetns;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// IPAM `whereabouts`, whose addresses are objects of the cluster, for a link of our own.
@Tag("kernel")
@Timeout(600)
class WhereaboutsTest {
    private static final String NONE = "{}";

    @TempDir private static Path work;
    private static ForeignNode node;
    private static ControlPlane plane;

    @BeforeAll
    static void boot() {
        node = new ForeignNode(work);
        node.path(Checkout.whereabouts().toString());
        plane = ControlPlane.start(Place.inside(node.namespace()::enter));
        plane.apply(Checkout.whereabouts().resolve("crds"));
        plane.kubectl(
                "wait",
                "--for=condition=established",
                "--timeout=300s",
                "crd",
                "ippools.whereabouts.cni.cncf.io",
                "overlappingrangeipreservations.whereabouts.cni.cncf.io");
    }

    @AfterAll
    static void shutDown() {
        plane.close();
        node.close();
    }

    /// It wants a file, whatever a network says.
    private static Path settings() {
        return node.installation()
                .write(
                        "whereabouts.conf",
                        "{\"kubernetes\": {\"kubeconfig\": \"%s\"}}"
                                .formatted(plane.kubeconfig(plane.url(), User.ADMIN.name())));
    }

    /// @param list keys of the list of plugins
    private static PodNetns pod(String name, String list) {
        return node.pod(
                name,
                """
                {"cniVersion": "1.1.0", "name": "shared", %s "plugins": [
                 {"type": "macvlan", "master": "up0", "ipam": {
                   "type": "whereabouts", "range": "10.6.0.0/29", "exclude": ["10.6.0.1/32"],
                   "configuration_path": "%s"}}]}\
                """
                        .formatted(list, settings())
                        .replace("\n", ""));
    }

    /// The allocations of the one pool, by the places of their addresses in it.
    private static String allocations() {
        return plane.kubectl(
                "get",
                "ippools.whereabouts.cni.cncf.io",
                "-n",
                "kube-system",
                "-o",
                "jsonpath={.items[*].spec.allocations}");
    }

    private static String address(Answer added) {
        return added.json().at("/ips/0/address").asText();
    }

    @Test
    void addressesOfThePoolGoToPodsAndBackByDel() {
        try (PodNetns one = pod("one", "");
                PodNetns two = pod("two", "")) {
            assertThat(address(node.succeed("ADD", one))).isEqualTo("10.6.0.2/29");
            assertThat(address(node.succeed("ADD", two))).isEqualTo("10.6.0.3/29");
            assertThat(two.run("ip", "address", "show", "eth0")).contains("10.6.0.3/29");
            assertThat(allocations()).contains("core/one", "core/two");

            node.restart();
            node.succeed("DEL", one);
            assertThat(allocations()).contains("core/two").doesNotContain("core/one");
            node.succeed("DEL", two);
            assertThat(allocations()).isEqualTo(NONE);
        }
    }

    /// It answers CHECK with an error, as libcni's users know.
    @Test
    void itsCheckIsRefusedInItsOwnWordsUnlessTheListDoesWithout() {
        try (PodNetns checked = pod("checked", "");
                PodNetns unchecked = pod("unchecked", "\"disableCheck\": true,")) {
            node.succeed("ADD", checked);
            Answer refused = node.call("CHECK", checked);
            assertThat(refused.code()).isNotZero();
            assertThat(refused.message()).contains("whereabouts", "not implemented");
            node.succeed("DEL", checked);

            node.succeed("ADD", unchecked);
            node.succeed("CHECK", unchecked);
            node.succeed("DEL", unchecked);
        }
    }

    @Test
    void aRangeWithoutAnAddressRefusesThePodAndLeavesNothing() {
        List<PodNetns> fitting =
                IntStream.rangeClosed(2, 6).mapToObj(n -> pod("pod" + n, "")).toList();
        fitting.forEach(pod -> node.succeed("ADD", pod));
        try (PodNetns crowded = pod("crowded", "")) {
            Answer refused = node.call("ADD", crowded);
            assertThat(refused.code()).isNotZero();
            assertThat(refused.message()).contains("whereabouts", "10.6.0.0");
            assertThat(crowded.run("ip", "-br", "link")).doesNotContain("eth0");
            assertThat(allocations()).doesNotContain("core/crowded");
        }
        fitting.forEach(pod -> node.succeed("DEL", pod));
        fitting.forEach(PodNetns::close);
        assertThat(allocations()).isEqualTo(NONE);
    }
}
