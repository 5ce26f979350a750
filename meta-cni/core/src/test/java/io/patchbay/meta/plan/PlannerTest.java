package io.patchbay.meta.plan;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static io.patchbay.meta.plan.Plans.add;
import static io.patchbay.meta.plan.Plans.network;
import static io.patchbay.meta.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final String BRIDGE = "{'cniVersion': '1.1.0', 'type': 'bridge'}";
    private static final String CHAIN =
            "{'cniVersion': '1.0.0', 'name': 'chain', 'disableCheck': true, 'plugins': [{'type': 'bridge'}, {'type': 'tuning'}]}";

    @Test
    @DisplayName("rows N3, N4, N5, N11, 80: attachments come in their order, the default one first")
    void attachmentsComeInTheirOrderTheDefaultOneFirst() {
        AttachmentPlan plan =
                plan(
                        network("{'name': 'a'}", BRIDGE),
                        network("{'name': 'b', 'interface': 'data0'}", CHAIN),
                        network("{'name': 'a', 'namespace': 'other'}", BRIDGE));

        assertThat(plan.containerId()).isEqualTo("c1");
        assertThat(plan.pod()).isEqualTo(Plans.POD);
        assertThat(plan.number()).isEqualTo(7);
        assertThat(plan.netns()).isEqualTo("/run/netns/a");
        assertThat(plan.netnsInode()).isEqualTo(4026532001L);
        assertThat(plan.attachments())
                .extracting(PlannedAttachment::id)
                .containsExactly(
                        new AttachmentId("c1", "pods", "eth0"),
                        new AttachmentId("c1", "a", "net1"),
                        new AttachmentId("c1", "chain", "data0"),
                        new AttachmentId("c1", "a", "net3"));
        assertThat(plan.attachments())
                .extracting(PlannedAttachment::title)
                .containsExactly("pods", "home/a", "home/b", "other/a");
    }

    @Test
    void stepsAreNumberedOverAllAttachments() {
        AttachmentPlan plan =
                plan(network("{'name': 'a'}", CHAIN), network("{'name': 'b'}", CHAIN));

        assertThat(plan.attachments().stream().flatMap(one -> one.steps().stream()))
                .extracting(PlannedStep::position)
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(plan.attachments().getLast().steps())
                .extracting(PlannedStep::type)
                .containsExactly("bridge", "tuning");
    }

    @Test
    void aPodHasAHundredStepsAndNoMore() {
        SelectedNetwork[] most =
                Stream.generate(() -> network("{'name': 'a'}", BRIDGE))
                        .limit(Planner.MOST_STEPS - 1)
                        .toArray(SelectedNetwork[]::new);
        SelectedNetwork[] more = Arrays.copyOf(most, most.length + 1);
        more[most.length] = most[0];

        assertThat(plan(most).attachments()).hasSize(Planner.MOST_STEPS);
        assertThat(refusal(() -> plan(more)))
                .isEqualTo(
                        "7 the pod's 101 networks have 101 plugins: at most 100 can be called for one pod");
    }

    @Test
    @DisplayName("rows 3, 4, 90: an attachment keeps its network's version and wish for no CHECK")
    void anAttachmentKeepsItsNetworksVersionAndWishForNoCheck() {
        PlannedAttachment attachment =
                plan(network("{'name': 'a'}", CHAIN)).attachments().getLast();

        assertThat(attachment.version()).isEqualTo(CniVersion.V1_0_0);
        assertThat(attachment.disableCheck()).isTrue();
        assertThat(attachment.steps().getFirst().path()).containsExactly("/opt/cni/bin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    eth0 | net2 | 7 interface "eth0" is that of the default network "pods" as well as of network 1 of the pod, "home/a": give one of them another name
                    net2 | `  ` | 7 interface "net2" is that of network 1 of the pod, "home/a" as well as of network 2 of the pod, "home/b": give one of them another name
                    x    | x    | 7 interface "x" is that of network 1 of the pod, "home/a" as well as of network 2 of the pod, "home/b": give one of them another name
                    """)
    @DisplayName("rows 32, N12, N14: a name that clashes is refused before anything is done")
    void aNameThatClashesIsRefusedBeforeAnythingIsDone(
            String first, String second, String refusal) {
        String other = second.isBlank() ? "" : ", 'interface': '" + second + "'";

        assertThat(
                        refusal(() ->
                                plan(
                                        network(
                                                "{'name': 'a', 'interface': '%s'}".formatted(first),
                                                BRIDGE),
                                        network("{'name': 'b'" + other + "}", BRIDGE))))
                .isEqualTo(refusal);
    }

    @Test
    @DisplayName("row N3: the default network's interface is the one that the runtime names")
    void theDefaultNetworksInterfaceIsTheOneThatTheRuntimeNames() {
        SelectedNetwork other = network("{'name': 'a', 'interface': 'eth1'}", BRIDGE);

        assertThat(refusal(() -> plan(add(""), other)))
                .isEqualTo(
                        "7 the default network \"home/a\" asks for interface \"eth1\": the runtime demands that it is \"eth0\"");
        assertThat(
                        plan(add(""), network("{'name': 'a', 'interface': 'eth0'}", BRIDGE))
                                .attachments())
                .hasSize(1);
    }

    @Test
    void aSelectionMadeElsewhereIsCheckedForItsInterfaceToo() {
        SelectedNetwork plain = network("{'name': 'a'}", BRIDGE);
        NetworkSelection selection = plain.selection();
        var odd =
                new SelectedNetwork(
                        plain.title(),
                        new NetworkSelection(
                                selection.namespace(),
                                selection.name(),
                                Optional.of("a b"),
                                selection.wishes(),
                                selection.cniArgs(),
                                selection.defaultRoute(),
                                selection.device()),
                        plain.network());

        assertThat(refusal(() -> plan(odd)))
                .isEqualTo(
                        "7 network 1 of the pod, \"home/a\": interface \"a b\" holds white space or a control character");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'type': 'patchbay'}                                    | type
                    {'type': 'bridge', 'ipam': {'type': 'patchbay'}}        | ipam.type
                    {'type': 'flannel', 'delegate': {'type': 'patchbay'}}   | delegate.type
                    {'type': 'multus', 'delegates': [{'type': 'a'}, {'plugins': [{'type': 'patchbay'}]}]} | delegates[1].plugins[0].type
                    """)
    void aPluginThatWouldCallUsAgainIsRefusedWhereverItIsNamed(String plugin, String key) {
        SelectedNetwork network =
                network(
                        "{'name': 'a'}",
                        "{'cniVersion': '1.1.0', 'plugins': [{'type': 'a'}, %s]}"
                                .formatted(plugin));

        assertThat(refusal(() -> plan(network)))
                .isEqualTo(
                        "7 network 1 of the pod, \"home/a\", key \"%s\": \"patchbay\" would delegate to itself without end"
                                .formatted(key));
    }

    @Test
    void morePluginsThanASandboxHasRoomForAreRefused() {
        SelectedNetwork network = network("{'name': 'a'}", CHAIN);
        SelectedNetwork[] fifty = Collections.nCopies(50, network).toArray(SelectedNetwork[]::new);

        assertThat(refusal(() -> plan(fifty)))
                .isEqualTo(
                        "7 the pod's 51 networks have 101 plugins: at most 100 can be called for one pod");
        assertThat(
                        plan(IntStream.range(0, 49)
                                        .mapToObj(i -> network)
                                        .toArray(SelectedNetwork[]::new))
                                .attachments())
                .hasSize(50);
    }

    @Test
    @DisplayName("row N23: a claim to the default route is planned and journaled, an empty one too")
    void aClaimToTheDefaultRouteIsPlannedAndJournaled() throws JsonProcessingException {
        AttachmentPlan plan =
                plan(
                        network("{'name': 'a', 'default-route': ['10.0.0.1']}", BRIDGE),
                        network("{'name': 'b', 'default-route': ['fd00::1']}", BRIDGE));
        AttachmentPlan keeping = plan(network("{'name': 'a', 'default-route': []}", BRIDGE));

        assertThat(plan.attachments())
                .extracting(PlannedAttachment::defaultRoute)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new DefaultRoute(List.of(Cidr.address("10.0.0.1")))),
                        Optional.of(new DefaultRoute(List.of(Cidr.address("fd00::1")))));
        assertThat(journaled(plan)).isEqualTo(plan);
        assertThat(journaled(keeping)).isEqualTo(keeping);
    }

    private static AttachmentPlan journaled(AttachmentPlan plan) throws JsonProcessingException {
        return Json.mapper()
                .readValue(Json.mapper().writeValueAsString(plan), AttachmentPlan.class);
    }

    @Test
    void aPlanThatAnEarlierVersionJournaledClaimsNoDefaultRoute() throws JsonProcessingException {
        String earlier =
                json(
                        "{'id': {'containerId': 'c1', 'network': 'n', 'ifName': 'eth0'}, 'title': 'n', 'version': '1.1.0', 'disableCheck': true, 'steps': []}");

        assertThat(Json.mapper().readValue(earlier, PlannedAttachment.class))
                .isEqualTo(
                        new PlannedAttachment(
                                new AttachmentId("c1", "n", "eth0"),
                                "n",
                                CniVersion.V1_1_0,
                                true,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                List.of()));
    }

    @Test
    @DisplayName("row N23: networks from different places may not both claim a default route")
    void networksFromDifferentPlacesMayNotBothClaimADefaultRoute() {
        assertThat(
                        refusal(() ->
                                plan(
                                        network("{'name': 'a', 'default-route': []}", BRIDGE),
                                        network(
                                                "{'name': 'b', 'default-route': ['10.0.0.1']}",
                                                BRIDGE))))
                .isEqualTo(
                        "7 network 2 of the pod, \"home/b\", key \"default-route\": the IPv4 default route goes by network 1 of the pod, \"home/a\" already, and by one network at most");
    }

    @Test
    void aPlanIsTheSameAfterTheJournal() throws JsonProcessingException {
        AttachmentPlan plan =
                plan(
                        network(
                                "{'name': 'a', 'ips': ['10.0.0.5/24'], 'bandwidth': {'ingressRate': 4294967296}, 'deviceID': '0000:01:10.0'}",
                                "{'cniVersion': '1.1.0', 'type': 'sriov', 'capabilities': {'ips': true, 'bandwidth': true, 'deviceID': true}, 'x': 0.10}"));

        String text = Json.mapper().writeValueAsString(plan);

        assertThat(Json.mapper().readValue(text, AttachmentPlan.class)).isEqualTo(plan);
        assertThat(text).startsWith(json("{'containerId':'c1','pod':{'namespace':'home',"));
        assertThat(List.of(text.split("\n"))).hasSize(1);
    }
}
