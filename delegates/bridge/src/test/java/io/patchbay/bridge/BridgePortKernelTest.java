package io.patchbay.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.rig.StaleNeighbour;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a bridge does with the port of a pod, told by the frames that get through.
@Tag("kernel")
class BridgePortKernelTest extends OnBridgedNode {
    @Test
    void isolatedPodsReachTheGatewayAndNotEachOther() {
        String isolated = network("\"isGateway\": true, \"portIsolation\": true");
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two");
                RigPod open = new RigPod("open")) {
            rig.add(one, isolated);
            rig.add(two, isolated);
            rig.add(open, network("\"isGateway\": true"));

            assertThat(Frames.reaches(one, "10.7.0.1")).isTrue();
            assertThat(Frames.reaches(one, "10.7.0.4")).isTrue();
            assertThat(Frames.misses(one, "10.7.0.3")).isTrue();
            rig.check(one);
        }
    }

    @Test
    void aHairpinBringsAPodItsOwnFramesBack() {
        try (RigPod plain = new RigPod("plain");
                RigPod hairpin = new RigPod("hairpin")) {
            rig.add(plain, network(""));
            rig.add(hairpin, network("\"hairpinMode\": true"));

            assertThat(hearsItself(plain)).isFalse();
            assertThat(hearsItself(hairpin)).isTrue();
            rig.check(hairpin);
        }
    }

    /// Asks for an address that nobody has: the question is a broadcast.
    private static boolean hearsItself(RigPod pod) {
        Frames.countOwn(pod);
        pod.witness().attempt("ping", "-c", "1", "-w", "2", "-i", "0.2", "10.7.0.200");
        return Frames.cameBack(pod);
    }

    @Test
    void aBridgeIsMadePromiscuousAndStaysSo() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(""));
            assertThat(bridge()).doesNotContain("PROMISC");
            rig.add(two, network("\"promiscMode\": true"));

            assertThat(bridge()).contains("PROMISC");
            rig.check(one);
            rig.check(two);
            rig.witness().run("ip", "link", "set", "cni0", "promisc", "off");
            assertThatThrownBy(() -> rig.check(two))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("cni0 should be promiscuous");
            rig.check(one);
        }
    }

    private String bridge() {
        return rig.witness().run("ip", "link", "show", "cni0");
    }

    @Test
    void anInterfaceThatIsNotTouchedIsThereAndDown() {
        try (RigPod pod = new RigPod("one")) {
            CniResult result =
                    rig.add(pod, Networks.withoutAddresses("\"disableContainerInterface\": true"))
                            .getFirst()
                            .result();

            assertThat(result.interfaces()).hasSize(3);
            assertThat(result.ips()).isEmpty();
            assertThat(pod.witness().run("ip", "link", "show", "eth0")).contains("state DOWN");
            rig.check(pod);
            pod.witness().run("ip", "link", "set", "eth0", "up");
            rig.check(pod);
            pod.witness().run("ip", "link", "del", "eth0");
            assertThatThrownBy(() -> rig.check(pod)).isInstanceOf(CniException.class);
        }
    }

    @Test
    void anInterfaceThatIsNotTouchedTakesNoAddresses() {
        try (RigPod pod = new RigPod("one")) {
            assertThatThrownBy(() -> rig.add(pod, network("\"disableContainerInterface\": true")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("\"disableContainerInterface\"")
                    .returns(7, e -> ((CniException) e).code().value());
            assertThat(rig.witness().attempt("ip", "link", "show", "cni0").status()).isNotZero();
        }
    }

    @Test
    void anAddressThatAnotherPodUsesIsRefusedWhereDuplicatesAreDetected() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two");
                RigPod three = new RigPod("three")) {
            rig.add(one, Networks.fixed("10.8.0.5/24", ""));

            assertThatThrownBy(() ->
                            rig.add(two, Networks.fixed("10.8.0.5/24", "\"enabledad\": true")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("10.8.0.5")
                    .returns(11, e -> ((CniException) e).code().value());
            rig.add(three, Networks.fixed("10.8.0.6/24", "\"enabledad\": true"));
            assertThat(Frames.reaches(three, "10.8.0.5")).isTrue();
            rig.check(three);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"hairpinMode\": true',   hairpin off,  hairpin on",
        "'\"portIsolation\": true', isolated off, isolated on",
        "'',                        hairpin on,   hairpin off",
        "'',                        isolated on,  isolated off",
    })
    void checkNamesWhatAPortShouldDo(String keys, String changed, String expected) {
        try (RigPod pod = new RigPod("one")) {
            CniResult result = rig.add(pod, network(keys)).getFirst().result();
            rig.check(pod);
            String port = result.interfaces().get(1).name();
            rig.witness().run(("bridge link set dev " + port + " " + changed).split(" "));

            assertThatThrownBy(() -> rig.check(pod))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining(port + " should have " + expected);
        }
    }

    @Test
    void thePodsFirstWordsGetThrough() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(""));
            one.witness().run("sysctl", "-q", "-w", "net.ipv4.conf.all.arp_accept=1");
            one.witness().run("sysctl", "-q", "-w", "net.ipv4.conf.eth0.arp_accept=1");
            rig.add(two, network(""));

            assertThat(one.witness().run("ip", "neighbour", "show", "10.7.0.3"))
                    .as("what pod one learnt of pod two's announcement")
                    .contains("lladdr");
        }
    }

    @Test
    void theNeighboursLearnOfThePodInBothFamilies() {
        try (RigPod one = new RigPod("one");
                RigPod two = new RigPod("two")) {
            rig.add(one, network(""));
            StaleNeighbour neighbour =
                    StaleNeighbour.on(one.witness(), "eth0", "10.7.0.3", "fd07::3");
            CniResult result = rig.add(two, network("")).getFirst().result();

            neighbour.awaitTold(result.interfaces().get(2).mac().orElseThrow());
        }
    }
}
