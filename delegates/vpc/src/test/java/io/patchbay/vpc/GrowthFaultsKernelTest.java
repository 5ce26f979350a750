package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.Layout;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A pool that grows for its first pod, in each mode, while each call that changes something at EC2
/// goes wrong once: the pod gets its addresses all the same, a process that starts anew knows them,
/// and no interface is leaked. Each call by itself, and a death at it, is in EniCrashTest.
@Tag("kernel")
@Timeout(600)
class GrowthFaultsKernelTest extends OnGrowingVpc {
    private static final List<String> CHANGES =
            List.of(
                    "CreateNetworkInterface",
                    "AttachNetworkInterface",
                    "ModifyNetworkInterfaceAttribute",
                    "AssignPrivateIpAddresses",
                    "AssignIpv6Addresses");

    private static final int TRIES = 6;

    @SuppressWarnings("ImmutableEnumChecker") // The values are JSON's.
    enum Mode {
        SINGLE_ADDRESSES(Map.of("pool", Map.of("minimumAddresses", 12)), "", 1),
        PREFIXES(Map.of("pool", Map.of("prefixes", true)), "", 1),
        IPV6(Map.of("families", List.of("ipv6")), "", 1),
        DUAL_STACK(Map.of("families", List.of("ipv4", "ipv6")), "", 2),
        CUSTOM_NETWORKING(Map.of("customNetworking", Map.of("enabled", true)), "", 3),
        NAMED_SUBNET(Map.of(), ", \"subnet\": \"%s\", \"count\": 2", 3);

        private final Map<String, Object> section;
        private final String keys;
        private final int changes;

        /// @param keys of the network, with the subnet's id
        /// @param changes how many kinds of call it takes at least
        Mode(Map<String, Object> section, String keys, int changes) {
            this.section = section;
            this.keys = keys;
            this.changes = changes;
        }

        String network(String subnet) {
            return VpcNode.CONFIG.replace("\"vpc\"", "\"vpc\"" + keys.formatted(subnet));
        }
    }

    @Override
    Layout layout() {
        return Layout.of("10.0.0.0/16", "2001:db8::/56")
                .subnet("10.0.0.0/24")
                .ipv6("2001:db8:0:1::/64")
                .subnet("10.0.1.0/24")
                .instanceType("m5.large");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeakedWhereEachChangeIsMadeAndItsAnswerLost(Mode mode) {
        grow(mode, new Fault.Lose());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeakedWhereEachChangeFailsOnce(Mode mode) {
        grow(mode, Fault.internalError());
    }

    private void grow(Mode mode, Fault fault) {
        CHANGES.forEach(action -> cloud.vpc().faults().next(action, 1, fault));
        String subnet = cloud.vpc().subnets().getLast().id();
        String config = "{\"subnet\": \"%s\", \"securityGroups\": []}".formatted(subnet);
        try (VpcNode node =
                        cloud.bootWith(
                                "a",
                                mode.section,
                                rig ->
                                        rig.cluster()
                                                .object(EniConfigSpec.KIND, "default", config));
                RigPod pod = new RigPod("pod")) {
            addAgainAndAgain(node, pod, mode.network(subnet));
            assertThat(cloud.vpc().faults().calls().keySet())
                    .filteredOn(CHANGES::contains)
                    .hasSizeGreaterThanOrEqualTo(mode.changes);
            assertThat(node.rig().restart()).isEmpty();
            node.rig().check(pod);
            assertThat(VpcNode.reaches(pod, cloud.vpc().internet())).isTrue();
            VpcGrowthKernelTest.await(cloud, vpc -> unattached(vpc).isEmpty());
            node.rig().del(pod);
        }
    }

    private static List<NetworkInterface> unattached(Vpc vpc) {
        List<NetworkInterface> made = new ArrayList<>(vpc.interfaces().values());
        made.removeIf(eni -> eni.attachment().isPresent());
        return made;
    }

    /// As a kubelet.
    private static void addAgainAndAgain(VpcNode node, RigPod pod, String network) {
        for (int tries = 1; ; tries++) {
            try {
                assertThat(node.rig().add(pod, network)).hasSize(1);
                return;
            } catch (CniException e) {
                assertThat(e.code().value()).as(e.getMessage()).isEqualTo(11);
                assertThat(tries).as(e.getMessage()).isLessThan(TRIES);
            }
        }
    }
}
