package io.patchbay.meta.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.NetworksAnnotation;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicePairingTest {
    private static final PodRef POD = new PodRef("core", "upf-0", "u1");
    private static final AllocatedDevices DEVICES =
            AllocatedDevices.of(
                    Map.of(
                            "intel.com/a", devices("a1", "a2"),
                            "intel.com/b", devices("b1")));

    private static List<DeviceId> devices(String... ids) {
        return Arrays.stream(ids).map(DeviceId::new).toList();
    }

    /// Networks from words such as `a`, `b=b1`, `-`, `-=x`: the resource, and the device that is
    /// asked for.
    private static List<SelectedNetwork> networks(String words) {
        return Arrays.stream(words.split(" ", -1)).map(DevicePairingTest::network).toList();
    }

    private static SelectedNetwork network(String word) {
        String[] parts = word.split("=", 2);
        String device = parts.length > 1 ? ", \"deviceID\": \"" + parts[1] + "\"" : "";
        NetworkSelection selection =
                NetworksAnnotation.parse("[{\"name\": \"net\"" + device + "}]", "core").getFirst();
        return new SelectedNetwork(
                "core/net-" + parts[0],
                selection,
                NetworkConfigDecoder.decode(
                        "test", "{\"cniVersion\": \"1.1.0\", \"type\": \"sriov\"}", "net"),
                parts[0].equals("-") ? Optional.empty() : Optional.of("intel.com/" + parts[0]));
    }

    private static List<String> pair(String words) {
        return DevicePairing.pair(POD, networks(words), DEVICES).stream()
                .map(network -> network.selection().device().map(DeviceId::value).orElse("-"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "a, a1",
        "a a, a1 a2",
        "a b a, a1 b1 a2",
        "- a - b, - a1 - b1",
        "a=a2 a, a2 a1",
        "a a=a1, a2 a1",
        "a a=a2, a1 a2",
        "-=x a, x a1",
        "-=a1 a, a1 a2",
        "a -=a1, a2 a1",
        "-=x -=x, x x"
    })
    void aNetworkGetsWhatItNamesElseTheNextOfItsResource(String networks, String devices) {
        assertThat(pair(networks)).containsExactly(devices.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b b | network core/net-b is backed by resource intel.com/b: pod core/upf-0 has 1 of it, and all are taken",
                "c | network core/net-c is backed by resource intel.com/c: pod core/upf-0 has 0 of it: request one",
                "b -=b1 | pod core/upf-0 has 1 of it, and all are taken",
                "a=b1 | network core/net-a asks for deviceID \"b1\": of resource intel.com/a, by which it is backed, pod core/upf-0 has a1, a2",
                "c=a1 | asks for deviceID \"a1\": of resource intel.com/c, by which it is backed, pod core/upf-0 has none",
                "a=a1 a=a1 | both ask for deviceID \"a1\"",
                "-=a1 a=a1 | networks core/net-- and core/net-a both ask for deviceID \"a1\""
            })
    void whatCannotBeGivenIsRefused(String networks, String words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> pair(networks))
                .matches(refusal -> refusal.code() == Standard.INVALID_NETWORK_CONFIG)
                .withMessageContaining(words);
    }

    @Test
    void devicesOfResourceClaimsDoNotCountAndAreNamed() {
        AllocatedDevices claimed =
                new AllocatedDevices(Map.of(), List.of("core/upf-0-n3", "core/upf-0-n6"));
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> DevicePairing.pair(POD, networks("a"), claimed))
                .matches(refusal -> refusal.code() == Standard.INVALID_NETWORK_CONFIG)
                .withMessageContaining(
                        "has 0 of it; what it has by the resource claims core/upf-0-n3, core/upf-0-n6 does not count");
    }

    @Test
    void theKubeletIsAskedOnlyWhereAResourceBacksANetwork() {
        AssignedDevices silent =
                new AssignedDevices(pod -> {
                    throw new AssertionError("asked for " + pod);
                });
        List<SelectedNetwork> networks = networks("- -=x");
        assertThat(silent.assign(POD, networks)).isEqualTo(networks);
    }

    @Test
    void whoNamesNoPodHasNoDevices() {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() ->
                        new AssignedDevices(_ -> DEVICES)
                                .assign(new PodRef("", "", ""), networks("- a")))
                .withMessageContaining("network core/net-a is backed by resource intel.com/a");
    }
}
