package io.patchbay.vpc.modes;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.cloud.fabric.Fabric;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.Calls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What is so in each mode, on whatever kernel.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
interface ModeChecks {
    Landscape landscape();

    @Test
    default void podsHaveTheFamiliesTheSubnetAndTheGroupsOfTheirKind() {
        for (ModePod pod : landscape().pods()) {
            List<Family> wanted =
                    pod.sort().mode().families().stream()
                            .flatMap(family ->
                                    Stream.generate(() -> family).limit(pod.sort().mode().count()))
                            .toList();
            assertThat(pod.addresses(0)).extracting(Family::of).isEqualTo(wanted);
            for (End end : pod.ends()) {
                NetworkInterface owner =
                        landscape().vpc().ledger().now().owner(end.address()).orElseThrow();
                assertThat(owner.subnet())
                        .as("%s", end)
                        .isEqualTo(landscape().vpc().subnets().get(end.place().subnet()).id());
                assertThat(owner.groups()).as("%s", end).containsExactly(end.place().group().id());
            }
            pod.node().rig().check(pod.pod());
        }
    }

    @Test
    default void allReachEachOtherAsTheSecurityGroupsPermit() {
        List<End> pods = landscape().pods().stream().flatMap(pod -> pod.ends().stream()).toList();
        Trial trial = new Trial(landscape());
        for (End from : pods) {
            pods.stream()
                    .filter(to -> !to.owner().equals(from.owner()))
                    .forEach(to -> trial.run(from, to));
        }
        assertThat(trial.surprises()).isEmpty();
        assertThat(trial.arrived()).isPositive();
        assertThat(trial.dropped()).isPositive();
    }

    /// As a kubelet's probes, and answers to its clients.
    @Test
    default void nodesReachThePodsAndPodsTheNodes() {
        Trial trial = new Trial(landscape());
        for (ModePod pod : landscape().pods()) {
            for (End node : landscape().nodeEnds(pod.node())) {
                pod.ends()
                        .forEach(end -> {
                            trial.run(node, end);
                            trial.run(end, node);
                        });
            }
        }
        assertThat(trial.surprises()).isEmpty();
        assertThat(trial.arrived()).isPositive();
    }

    @Test
    default void whatLeavesTheVpcComesFromTheRightAddress() {
        List<String> surprises = new ArrayList<>();
        for (ModePod pod : landscape().pods()) {
            for (Family family : Family.values()) {
                String wanted = wanted(pod, family);
                String seen = seen(pod, family);
                if (!seen.equals(wanted)) {
                    surprises.add(
                            "%s %s: %s instead of %s".formatted(pod.name(), family, seen, wanted));
                }
            }
        }
        assertThat(surprises).isEmpty();
    }

    private String wanted(ModePod pod, Family family) {
        return switch (pod.sort().source(family)) {
            case NONE -> "nothing";
            case NODE ->
                    landscape().nodeEnds(pod.node()).stream()
                            .map(End::address)
                            .filter(address -> Family.of(address) == family)
                            .map(Cidr::text)
                            .findFirst()
                            .orElseThrow();
            case OWN ->
                    pod.addresses(0).stream()
                            .filter(address -> Family.of(address) == family)
                            .map(Cidr::text)
                            .findFirst()
                            .orElseThrow();
        };
    }

    private String seen(ModePod pod, Family family) {
        InetAddress outside =
                switch (family) {
                    case IPV4 -> landscape().vpc().internet();
                    case IPV6 -> landscape().vpc().internet6();
                };
        try {
            return Calls.ask(pod.netns(), outside, Fabric.ECHO).split(" ", -1)[0];
        } catch (UncheckedIOException e) {
            return "nothing";
        }
    }

    @Test
    default void aPacketFromAnAddressThatIsNobodysDies() {
        for (ModePod pod : landscape().onePodOfEachSort()) {
            for (Family family : pod.sort().mode().families()) {
                landscape().pods().stream()
                        .flatMap(other -> other.ends().stream())
                        .filter(end -> end.family() == family)
                        .filter(end -> !end.node().equals(pod.node().node().name()))
                        .findFirst()
                        .ifPresent(end -> assertDies(pod, end.address()));
            }
        }
    }

    private void assertDies(ModePod pod, InetAddress to) {
        InetAddress nobodys = subnet(pod.sort().place(), Family.of(to)).at(222);
        String own = Cidr.host(nobodys).toString();
        long before = strangers(pod);
        pod.host().witness().run("ip", "address", "add", own, "dev", "eth0", "nodad");
        try {
            for (int i = 0; strangers(pod) == before; i++) {
                assertThat(i).as("%s from %s", pod.name(), nobodys).isLessThan(10);
                assertThat(pod.host().reaches(nobodys, to, Probe.PING, Duration.ofMillis(30L << i)))
                        .isFalse();
            }
        } finally {
            pod.host().witness().run("ip", "address", "del", own, "dev", "eth0");
        }
    }

    /// What the VPC has dropped as no interface's, and the node by its own filter of reverse paths.
    private long strangers(ModePod pod) {
        return landscape().vpc().dropped().foreignSource()
                + pod.node().rig().host().inside(ModeChecks::filtered);
    }

    /// `IPReversePathFilter` among the names and numbers of netstat(8), a line each.
    private static long filtered() {
        try {
            List<String> lines =
                    Files.readAllLines(Path.of("/proc/thread-self/net/netstat")).stream()
                            .filter(line -> line.startsWith("TcpExt:"))
                            .toList();
            int column = List.of(lines.get(0).split(" ", -1)).indexOf("IPReversePathFilter");
            return Long.parseLong(lines.get(1).split(" ", -1)[column]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cidr subnet(Place place, Family family) {
        var subnet = landscape().vpc().subnets().get(place.subnet());
        return switch (family) {
            case IPV4 -> subnet.cidr();
            case IPV6 -> subnet.cidr6().orElseThrow();
        };
    }

    @Test
    @Order(Integer.MAX_VALUE)
    default void nothingIsLeftOfThePods() {
        assertThat(landscape().empty()).isEmpty();
    }
}
