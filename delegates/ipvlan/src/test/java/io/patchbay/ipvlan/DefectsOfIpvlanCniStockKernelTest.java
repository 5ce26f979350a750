package io.patchbay.ipvlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the reference plugin ipvlan v1.9.1 does wrong (plugins/main/ipvlan), done right. That
/// ipvlan and macvlan do not share a parent, nor an ipvlan link is one: IpvlanStockKernelTest.
@Tag("stock-kernel")
class DefectsOfIpvlanCniStockKernelTest {
    @TempDir private Path state;
    private NodeRig rig;
    private RigPod one;
    private RigPod two;

    @BeforeEach
    void openNode() {
        rig = NodeRig.of(state, new IpvlanProvider());
        Networks.layParent(rig);
        one = new RigPod("one");
        two = new RigPod("two");
    }

    @AfterEach
    void closeNode() {
        two.close();
        one.close();
        rig.close();
    }

    private String network(String keys) {
        return Networks.dualStack(rig, "ipvlan", keys);
    }

    /// The mode and the flag are the parent's, and change under the other pods.
    @ParameterizedTest
    @CsvSource({"mode, l3s", "mode, l3", "flag, private", "flag, vepa"})
    void anotherModeOrFlagIsRefusedAndTheFirstPodUnchanged(String key, String value) {
        rig.add(one, network(""));
        Snapshot first = one.snapshot();
        Snapshot second = two.snapshot();

        assertThatThrownBy(() -> rig.add(two, network("\"%s\": \"%s\"".formatted(key, value))))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll(value, "up0", "eth0 of one");
        assertThat(one.snapshot().since(first)).isEmpty();
        assertThat(two.snapshot().since(second)).isEmpty();
    }

    /// A duplicate address leaves a link in the pod and the lease on disk, for an error is lost in
    /// an inner variable; the parent's own address is taken without a word.
    @ParameterizedTest
    @CsvSource({"10.7.0.2, eth0 of one", "192.0.2.1, parent"})
    void aDuplicateAddressIsRefusedAndLeavesNeitherLinkNorLease(String address, String whose) {
        rig.add(one, Networks.fixed("ipvlan", "10.7.0.2/24", ""));
        String range = address.substring(0, address.lastIndexOf('.')) + ".0/24";
        String other =
                """
                {"cniVersion": "1.1.0", "name": "other", "type": "ipvlan", "ipam":
                 {"type": "host-local", "dataDir": "%s", "ranges": [[{"subnet": "%s",
                   "gateway": "%s", "rangeStart": "%s", "rangeEnd": "%s"}]]}}\
                """
                        .formatted(
                                rig.leases(),
                                range,
                                range.replace(".0/24", ".254"),
                                address,
                                address);
        Snapshot first = one.snapshot();
        Snapshot second = two.snapshot();

        assertThatThrownBy(() -> rig.add(two, other))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll(address, whose, "up0");
        assertThat(one.snapshot().since(first)).isEmpty();
        assertThat(two.snapshot().since(second)).isEmpty();
        assertThat(rig.leases().resolve("other").resolve(address)).doesNotExist();
        rig.check(one);
    }

    /// DEL looks the master up anew, and fails without a default route, or without the namespace.
    @Test
    void delNeedsNeitherTheDefaultRouteNorTheNamespace() {
        rig.add(one, network(""));
        rig.add(two, network(""));
        Networks.run(rig, "ip route del default");
        rig.del(one);
        two.close();
        rig.delWithoutNamespace(two);

        assertThat(one.witness().attempt("ip", "link", "show", "eth0").status()).isNotZero();
        assertThat(rig.leases().resolve("plain").resolve("10.7.0.2")).doesNotExist();
        assertThat(rig.leases().resolve("plain").resolve("10.7.0.3")).doesNotExist();
    }

    /// The MTU is not looked at, and the kernel takes more than the parent's.
    @Test
    void anMtuAboveTheParentsIsRefused() {
        assertThatThrownBy(() -> rig.add(one, network("\"mtu\": 9000")))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("\"mtu\" is 9000", "up0", "1500");
    }

    /// With `linkInContainer` the kernel's refusal of a link is overwritten, and forgotten.
    @Test
    void aRefusalOfTheKernelInThePodIsTold() {
        one.witness().run("ip", "link", "add", "base0", "type", "bridge");
        one.witness().run("ip", "link", "set", "base0", "up");
        one.witness().run("ip", "link", "add", "over0", "link", "base0", "type", "macvlan");
        String inPod = "\"master\": \"base0\", \"linkInContainer\": true";

        assertThatThrownBy(() -> rig.add(one, network(inPod)))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("base0", "macvlan", "over0");
        one.witness().run("ip", "link", "del", "over0");
        rig.add(one, network(inPod));
        assertThat(one.witness().run("ip", "-j", "link", "show", "eth0"))
                .contains("\"link\":\"base0\"");
        rig.check(one);
    }

    /// Without `ipam` it refuses, save behind another plugin; there is more than IP.
    @Test
    void aLinkNeedsNoAddress() {
        rig.add(one, Networks.withoutAddresses("ipvlan", ""));
        assertThat(one.witness().run("ip", "-j", "link", "show", "eth0")).contains("\"UP\"");
        rig.check(one);
    }

    /// A wished MAC address is left out without a word.
    @Test
    void aMacAddressOfTheAnnotationIsRefused() {
        assertThatThrownBy(() ->
                        rig.add(
                                one,
                                List.of(Networks.MAC_WISH),
                                List.of(Networks.fixed("ipvlan", "10.7.0.2/24", ""))))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll(Networks.MAC, "macvlan");
    }

    @Test
    void anAddressThatSomebodyOnTheNetworkAnswersForIsRefusedIfAskedFor() {
        Networks.run(rig, "ip address add 10.7.0.2/24 dev up1");
        assertThatThrownBy(() ->
                        rig.add(
                                one,
                                Networks.fixed("ipvlan", "10.7.0.2/24", "\"enabledad\": true")))
                .isInstanceOf(CniException.class)
                .hasMessageContainingAll("10.7.0.2", "taken");
        rig.add(one, Networks.fixed("ipvlan", "10.7.0.3/24", "\"enabledad\": true"));
    }

    @Test
    void sixtyPodsOfEightCallersLeaveNothing() throws Exception {
        ManyPods.comeAndGo(rig, network(""));
    }
}
