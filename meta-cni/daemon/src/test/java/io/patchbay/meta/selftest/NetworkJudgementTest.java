package io.patchbay.meta.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.selftest.Observation.Remains;
import io.patchbay.meta.selftest.Seen.PodLink;
import io.patchbay.meta.selftest.Seen.Reply;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NetworkJudgementTest {
    private static final Answer DONE = new Answer(0, "");
    private static final Answer REFUSED =
            new Answer(1, "{\"code\": 11, \"msg\": \"the pool is empty\"}");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final InetAddress GATEWAY = Cidr.address("10.0.0.1");
    private static final Cidr ADDRESS = Cidr.parse("10.0.0.5/24");
    private static final TestedNetwork NETWORK =
            new TestedNetwork(
                    "core/side",
                    Optional.of(NetworkSelection.of("core", "side")),
                    Optional.of(
                            NetworkConfigDecoder.decode(
                                    "side",
                                    """
                                    {"cniVersion": "1.1.0", "type": "macvlan",
                                     "capabilities": {"ips": true}}
                                    """,
                                    "side")),
                    Optional.empty(),
                    Optional.empty());
    private static final TestedNetwork DEFAULT =
            new TestedNetwork(
                    "vpc", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static CniResult result(int mtu) {
        return new CniResult(
                List.of(CniResult.Interface.inSandbox("eth0", MAC, mtu, "/proc/1/ns/net")),
                List.of(new CniResult.Ip(ADDRESS, Optional.of(GATEWAY), OptionalInt.of(0))),
                List.of(CniResult.Route.of(Cidr.any(false), Optional.of(GATEWAY))),
                CniResult.Dns.EMPTY);
    }

    private static PodLink link(boolean up, int mtu, Cidr... addresses) {
        return new PodLink(
                new Link(
                        2,
                        "eth0",
                        "veth",
                        up,
                        mtu,
                        0,
                        Optional.of(MAC),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty()),
                List.of(addresses));
    }

    private static Seen seen(CniResult result, PodLink... links) {
        return new Seen(
                result,
                List.of(links),
                List.of(Route.to(Cidr.any(false)).via(GATEWAY).on(2)),
                Map.of(GATEWAY, Reply.NEIGHBOUR));
    }

    private static final Seen WHOLE = seen(result(1500), link(true, 1500, ADDRESS));

    private static Observation observation(Seen seen) {
        return new Observation(
                NETWORK, DONE, Optional.of(seen), Optional.of(DONE), DONE, DONE, Remains.NOTHING);
    }

    private static List<Finding> worst(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.verdict() != Verdict.PASSED).toList();
    }

    private static Finding only(Seen seen) {
        List<Finding> worst = worst(NetworkJudgement.of(observation(seen)));
        assertThat(worst).hasSize(1);
        return worst.getFirst();
    }

    @Test
    void whatIsAsToldPasses() {
        List<Finding> findings = NetworkJudgement.of(observation(WHOLE));
        assertThat(worst(findings)).isEmpty();
        assertThat(Verdict.of(findings)).isEqualTo(Verdict.PASSED);
        assertThat(findings)
                .extracting(Finding::subject)
                .containsExactly(
                        "ADD", "address", "route", "gateway", "CHECK", "DEL", "DEL again", "left");
    }

    @Test
    void aRefusedAddFailsWithItsCodeAndSentence() {
        List<Finding> worst =
                worst(
                        NetworkJudgement.of(
                                new Observation(
                                        NETWORK,
                                        REFUSED,
                                        Optional.empty(),
                                        Optional.empty(),
                                        DONE,
                                        DONE,
                                        Remains.NOTHING)));
        assertThat(worst)
                .containsExactly(Finding.failed("ADD", "refused with code 11: the pool is empty"));
    }

    @Test
    void anAnswerThatIsNoJsonIsToldAsItIs() {
        assertThat(new Answer(139, "segfault\n").refusal())
                .isEqualTo("status 139, and no error that CNI knows: segfault");
    }

    @Test
    void anInterfaceThatIsMissingOrDownOrOtherThanToldFails() {
        assertThat(worst(NetworkJudgement.of(observation(seen(result(1500))))))
                .contains(
                        Finding.failed(
                                "ADD", "the result names interface eth0, and the pod has none"));
        assertThat(only(seen(result(1500), link(false, 1500, ADDRESS))))
                .isEqualTo(Finding.failed("ADD", "eth0 is down: nothing passes it"));
        assertThat(only(seen(result(9001), link(true, 1500, ADDRESS))))
                .isEqualTo(Finding.failed("mtu", "eth0 has MTU 1500, and the result tells 9001"));
    }

    @Test
    void aMacOtherThanToldFails() {
        CniResult told =
                new CniResult(
                        List.of(
                                CniResult.Interface.inSandbox(
                                        "eth0",
                                        MacAddress.parse("02:00:00:00:00:02"),
                                        1500,
                                        "/proc/1/ns/net")),
                        WHOLE.result().ips(),
                        WHOLE.result().routes(),
                        CniResult.Dns.EMPTY);
        assertThat(only(seen(told, link(true, 1500, ADDRESS))))
                .isEqualTo(
                        Finding.failed(
                                "ADD",
                                "eth0 has MAC 02:00:00:00:00:01, and the result tells 02:00:00:00:00:02"));
    }

    @Test
    void anAddressOrADefaultRouteThatIsToldAndNotThereFails() {
        assertThat(only(seen(result(1500), link(true, 1500))).sentence())
                .isEqualTo("the result tells 10.0.0.5/24, and no link of the pod has it");
        Seen routeless =
                new Seen(WHOLE.result(), WHOLE.links(), List.of(), Map.of(GATEWAY, Reply.PING));
        assertThat(only(routeless))
                .isEqualTo(
                        Finding.failed(
                                "route",
                                "the result tells a default route 0.0.0.0/0, and the pod has none"));
    }

    @Test
    void aSilentGatewayIsAnIssueAndOneThatIsWrittenDownIsNone() {
        Seen silent =
                new Seen(
                        WHOLE.result(), WHOLE.links(), WHOLE.routes(), Map.of(GATEWAY, Reply.NONE));
        assertThat(only(silent).verdict()).isEqualTo(Verdict.PASSED_WITH_ISSUES);
        assertThat(only(silent).sentence()).startsWith("10.0.0.1 answers neither");
        Seen fixed =
                new Seen(
                        WHOLE.result(),
                        WHOLE.links(),
                        WHOLE.routes(),
                        Map.of(GATEWAY, Reply.FIXED));
        assertThat(worst(NetworkJudgement.of(observation(fixed)))).isEmpty();
    }

    @Test
    void anMtuThatIpv6CannotUseIsAnIssue() {
        PodLink narrow = link(true, 1200, ADDRESS, Cidr.parse("2001:db8::5/64"));
        assertThat(only(seen(result(1200), narrow)).verdict())
                .isEqualTo(Verdict.PASSED_WITH_ISSUES);
        assertThat(
                        worst(
                                NetworkJudgement.of(
                                        observation(
                                                seen(result(1200), link(true, 1200, ADDRESS))))))
                .isEmpty();
    }

    @Test
    void addressesThatPodsBringAndADefaultNetworkWithoutADefaultRouteAreIssues() {
        CniResult bare =
                new CniResult(result(1500).interfaces(), List.of(), List.of(), CniResult.Dns.EMPTY);
        Seen seen = new Seen(bare, List.of(link(true, 1500)), List.of(), Map.of());
        assertThat(only(seen).sentence()).contains("--ip core/side=ADDRESS/PREFIX");
        assertThat(SeenJudgement.of(DEFAULT, seen))
                .contains(
                        Finding.issue(
                                "route",
                                "pods get no default route, so they reach the network's own subnet only: add a route or a gateway to the default network"));
    }

    @Test
    void aRefusedCheckOrDelFails() {
        Observation observation =
                new Observation(
                        NETWORK,
                        DONE,
                        Optional.of(WHOLE),
                        Optional.of(REFUSED),
                        REFUSED,
                        REFUSED,
                        Remains.NOTHING);
        assertThat(worst(NetworkJudgement.of(observation)))
                .extracting(Finding::subject)
                .containsExactly("CHECK", "DEL", "DEL again");
    }

    @Test
    void whateverIsLeftFailsAndIsNamed() {
        Observation observation =
                new Observation(
                        NETWORK,
                        DONE,
                        Optional.of(WHOLE),
                        Optional.of(DONE),
                        DONE,
                        DONE,
                        new Remains(
                                List.of("eth0"), List.of("veth1"), true, List.of("/x/10.0.0.5")));
        assertThat(worst(NetworkJudgement.of(observation)))
                .allMatch(finding -> finding.verdict() == Verdict.FAILED)
                .extracting(Finding::sentence)
                .satisfiesExactly(
                        it -> assertThat(it).contains("the daemon still remembers"),
                        it -> assertThat(it).startsWith("in the pod, links: eth0"),
                        it -> assertThat(it).startsWith("on the node, links: veth1"),
                        it -> assertThat(it).startsWith("on the node, leases: /x/10.0.0.5"));
    }

    @Test
    void aNetworkThatTakesADeviceIsNotTriedAndThatIsAnIssue() {
        TestedNetwork backed =
                new TestedNetwork(
                        "core/n3",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("intel.com/sriov"),
                        Optional.empty());
        assertThat(NetworkJudgement.untried(backed).orElseThrow())
                .satisfies(
                        it -> assertThat(it.verdict()).isEqualTo(Verdict.PASSED_WITH_ISSUES),
                        it ->
                                assertThat(it.sentence())
                                        .contains("intel.com/sriov", "--skip core/n3"));
        assertThat(NetworkJudgement.untried(NETWORK)).isEmpty();
    }

    @Test
    void theWorstFindingIsTheVerdictAndNothingIsNoPass() {
        Finding passed = Finding.passed("a", "b");
        Finding issue = Finding.issue("a", "b");
        assertThat(Verdict.of(List.of(passed, issue, passed)))
                .isEqualTo(Verdict.PASSED_WITH_ISSUES)
                .hasToString("PASSED WITH ISSUES");
        assertThat(Verdict.of(List.of(issue, Finding.failed("a", "b")))).isEqualTo(Verdict.FAILED);
        assertThat(Verdict.of(List.of())).isEqualTo(Verdict.FAILED);
        assertThat(List.of(Verdict.values()))
                .extracting(Verdict::exitStatus)
                .containsExactly(0, 1, 2);
    }

    @Test
    void aReportSaysTheSameToPeopleAndPrograms() {
        Report report = new Report();
        report.add("daemon", List.of(Finding.passed("STATUS", "ready for pods")));
        report.add("network a", List.of(Finding.failed("ADD", "no")));
        assertThat(report.text())
                .isEqualTo(
                        """
                        daemon
                          ok      STATUS         ready for pods
                        network a
                          FAILED  ADD            no
                        FAILED
                        """);
        assertThat(report.json())
                .isEqualTo(
                        "{\"verdict\":\"FAILED\",\"sections\":[{\"title\":\"daemon\",\"findings\":[{\"verdict\":\"PASSED\",\"subject\":\"STATUS\",\"sentence\":\"ready for pods\"}]},{\"title\":\"network a\",\"findings\":[{\"verdict\":\"FAILED\",\"subject\":\"ADD\",\"sentence\":\"no\"}]}]}");
    }
}
