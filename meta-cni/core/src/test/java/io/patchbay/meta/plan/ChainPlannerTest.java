package io.patchbay.meta.plan;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static io.patchbay.meta.plan.Plans.DEFAULT;
import static io.patchbay.meta.plan.Plans.add;
import static io.patchbay.meta.plan.Plans.network;
import static io.patchbay.meta.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.Capabilities.PortMapping;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainPlannerTest {
    @Test
    @DisplayName(
            "rows 8, 86, 88, 89, N10: a plugin is told name and version; the rest is as it was")
    void aPluginIsToldNameAndVersionAndTheRestIsAsItWas() {
        SelectedNetwork network =
                network(
                        "{'name': 'a'}",
                        """
                        {'cniVersion': '0.3.1', 'cniVersions': ['1.0.0'], 'name': 'net', 'plugins': [
                         {'type': 'bridge', 'odd': {'cni.dev/deep': 1, 'n': 1.50}, 'capabilities': {'ips': true}, 'cni.dev/x': 1},
                         {'cniVersion': '0.1.0', 'name': 'mine', 'type': 'tuning'}]}
                        """);

        assertThat(configs(plan(network)))
                .containsExactly(
                        json(
                                "{'type':'bridge','odd':{'cni.dev/deep':1,'n':1.50},'name':'net','cniVersion':'1.0.0'}"),
                        json("{'cniVersion':'1.0.0','name':'net','type':'tuning'}"));
    }

    @Test
    @DisplayName("rows 87, N15 to N19: a plugin is told what it declares of what the pod asks")
    void aPluginIsToldWhatItDeclaresOfWhatThePodAsks() {
        AttachmentPlan plan =
                plan(
                        network(
                                "{'name': 'a', 'ips': ['10.0.0.5'], 'mac': '02:00:00:00:00:05', 'infiniband-guid': '02:00:00:00:00:00:00:05'}",
                                "{'cniVersion': '1.1.0', 'plugins': ["
                                        + "{'type': 'a', 'capabilities': {'ips': true, 'mac': false, 'aliases': true}},"
                                        + "{'type': 'b', 'capabilities': {'mac': true, 'infinibandGUID': true}},"
                                        + "{'type': 'c'}]}"));
        List<PlannedStep> steps = plan.attachments().getLast().steps();

        assertThat(runtimeConfig(steps.get(0))).isEqualTo(json("{'ips':['10.0.0.5/32']}"));
        assertThat(steps.get(0).capabilities().ips()).containsExactly(Cidr.parse("10.0.0.5/32"));
        assertThat(steps.get(0).capabilities().mac()).isEmpty();
        assertThat(runtimeConfig(steps.get(1)))
                .isEqualTo(
                        json(
                                "{'mac':'02:00:00:00:00:05','infinibandGUID':'02:00:00:00:00:00:00:05'}"));
        assertThat(steps.get(1).capabilities().mac())
                .hasValue(MacAddress.parse("02:00:00:00:00:05"));
        assertThat(steps.get(2).config().find("runtimeConfig")).isEmpty();
    }

    @Test
    @DisplayName("rows 87, N22: what the runtime asks is for the default network only")
    void whatTheRuntimeAsksIsForTheDefaultNetworkOnly() {
        String declaring =
                "{'cniVersion': '1.1.0', 'type': 'x', 'capabilities': {'portMappings': true}}";
        AttachmentPlan plan =
                plan(
                        add(
                                ", 'runtimeConfig': {'portMappings': [{'hostPort': 1, 'containerPort': 2, 'protocol': 'tcp'}], 'dns': {}}"),
                        network("{'name': 'pods'}", declaring),
                        network("{'name': 'a'}", declaring));

        PlannedStep first = plan.attachments().getFirst().steps().getFirst();
        PlannedStep second = plan.attachments().getLast().steps().getFirst();
        assertThat(first.capabilities().portMappings())
                .containsExactly(new PortMapping(1, 2, "tcp", Optional.empty()));
        assertThat(runtimeConfig(first))
                .isEqualTo(
                        json(
                                "{'portMappings':[{'hostPort':1,'containerPort':2,'protocol':'tcp'}]}"));
        assertThat(second.config().find("runtimeConfig")).isEmpty();
    }

    @Test
    @DisplayName("row N20: what the runtime asks wrongly is refused")
    void whatTheRuntimeAsksWronglyIsRefused() {
        assertThat(
                        refusal(() ->
                                plan(
                                        add(", 'runtimeConfig': {'mac': 'x'}"),
                                        network(
                                                "{'name': 'pods'}",
                                                "{'cniVersion': '1.1.0', 'type': 'x', 'capabilities': {'mac': true}}"))))
                .isEqualTo(
                        "7 the default network \"home/pods\", runtimeConfig, key \"mac\": \"x\" is no MAC address: write six octets, as in 02:00:00:aa:bb:cc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'ips': ['10.0.0.5']               | ips=["10.0.0.5/32"]                | ips
                    'mac': '02:00:00:00:00:05'        | mac="02:00:00:00:00:05"            | mac
                    'bandwidth': {'ingressRate': 8}   | bandwidth={"ingressRate":8,"ingressBurst":0,"egressRate":0,"egressBurst":0} | bandwidth
                    'portMappings': [{'hostPort': 1, 'containerPort': 2}] | portMappings=[{"hostPort":1,"containerPort":2,"protocol":"tcp"}] | portMappings
                    'infiniband-guid': '02:00:00:00:00:00:00:05' | infinibandGUID="02:00:00:00:00:00:00:05" | infinibandGUID
                    """)
    @DisplayName("rows N15 to N19: what no plugin of the chain declares is refused by its name")
    void whatNoPluginOfTheChainDeclaresIsRefusedByItsName(
            String key, String wish, String capability) {
        SelectedNetwork network =
                network(
                        "{'name': 'a', " + key + "}",
                        "{'cniVersion': '1.1.0', 'plugins': [{'type': 'bridge', 'capabilities': {'%s': false}}, {'type': 'tuning'}]}"
                                .formatted(capability));

        assertThat(refusal(() -> plan(network)))
                .isEqualTo(
                        "7 network 1 of the pod, \"home/a\" is asked for %s: none of its plugins (bridge, tuning) declares the capability \"%s\""
                                .formatted(wish, capability));
    }

    @Test
    @DisplayName("rows 101, N21: the pod's arguments win over the network's, in every plugin")
    void thePodsArgumentsWinOverTheNetworksInEveryPlugin() {
        AttachmentPlan plan =
                plan(
                        network(
                                "{'name': 'a', 'cni-args': {'mode': {'deep': 1}, 'more': true}}",
                                "{'cniVersion': '1.1.0', 'plugins': [{'type': 'a', 'args': {'cni': {'mode': 'x', 'own': 1}, 'other': 2}}, {'type': 'b'}]}"));

        assertThat(configs(plan))
                .containsExactly(
                        json(
                                "{'type':'a','args':{'cni':{'mode':{'deep':1},'own':1,'more':true},'other':2},'name':'a','cniVersion':'1.1.0'}"),
                        json(
                                "{'type':'b','name':'a','cniVersion':'1.1.0','args':{'cni':{'mode':{'deep':1},'more':true}}}"));
    }

    @Test
    @DisplayName("rows 91, 100: CNI_ARGS pass to every step, with the addresses that are asked for")
    void argumentsPassToEveryStepWithTheAddressesThatAreAskedFor() {
        AttachmentPlan plan =
                plan(
                        network(
                                "{'name': 'a', 'ips': ['10.0.0.5/24', '2001:db8::5'], 'mac': '02:00:00:00:00:05'}",
                                "{'cniVersion': '1.1.0', 'type': 'a', 'capabilities': {'ips': true, 'mac': true}}"));

        assertThat(plan.attachments().getFirst().steps().getFirst().args())
                .isEqualTo(Map.of("IgnoreUnknown", "1", "K8S_POD_NAME", "web-0"));
        assertThat(plan.attachments().getLast().steps().getFirst().args())
                .isEqualTo(
                        Map.of(
                                "IgnoreUnknown", "1",
                                "K8S_POD_NAME", "web-0",
                                "IP", "10.0.0.5/24,2001:db8::5/128",
                                "MAC", "02:00:00:00:00:05"));
    }

    @Test
    @DisplayName(
            "row 102: a device is told to those that declare deviceID, and known to every step")
    void aDeviceIsToldToThoseThatDeclareItAndKnownToEveryStep() {
        List<PlannedStep> steps =
                plan(network(
                                "{'name': 'a', 'deviceID': '0000:01:10.0'}",
                                "{'cniVersion': '1.1.0', 'plugins': [{'type': 'a', 'capabilities': {'deviceID': true}}, {'type': 'b'}]}"))
                        .attachments()
                        .getLast()
                        .steps();

        assertThat(steps.get(0).capabilities().deviceId()).hasValue("0000:01:10.0");
        assertThat(steps.get(1).capabilities().deviceId()).isEmpty();
        assertThat(steps)
                .extracting(PlannedStep::device)
                .containsOnly(Optional.of(new DeviceId("0000:01:10.0")));
    }

    @Test
    @DisplayName("row 10: a runtimeConfig that stands in the network stays below what is asked")
    void aRuntimeConfigThatStandsInTheNetworkStaysBelowWhatIsAsked() {
        PlannedStep step =
                plan(network(
                                "{'name': 'a', 'mac': '02:00:00:00:00:05'}",
                                "{'cniVersion': '1.1.0', 'type': 'a', 'capabilities': {'mac': true}, 'runtimeConfig': {'mac': '02:00:00:00:00:01', 'ips': ['10.0.0.1/24']}}"))
                        .attachments()
                        .getLast()
                        .steps()
                        .getFirst();

        assertThat(runtimeConfig(step))
                .isEqualTo(json("{'mac':'02:00:00:00:00:05','ips':['10.0.0.1/24']}"));
        assertThat(step.capabilities().ips()).containsExactly(Cidr.parse("10.0.0.1/24"));
    }

    @Test
    void addressesThatArePassedAsACapabilityCountBeforeThoseOfArgs() {
        PlannedStep step =
                plan(network(
                                "{'name': 'a', 'ips': ['10.0.0.5/24']}",
                                "{'cniVersion': '1.1.0', 'type': 'a', 'capabilities': {'ips': true}, 'args': {'cni': {'ips': ['10.0.0.1/24']}}}"))
                        .attachments()
                        .getLast()
                        .steps()
                        .getFirst();

        assertThat(step.capabilities().ips()).containsExactly(Cidr.parse("10.0.0.5/24"));
    }

    @Test
    @DisplayName("row 78: planning changes nothing of what it was given")
    void planningChangesNothingOfWhatItWasGiven() {
        var request = add(", 'runtimeConfig': {'mac': '02:00:00:00:00:05'}");
        SelectedNetwork network =
                network(
                        "{'name': 'a', 'cni-args': {'x': 1}}",
                        "{'cniVersion': '1.1.0', 'type': 'a', 'args': {'cni': {}}, 'capabilities': {'mac': true}}");
        String before = request.config() + " " + network + " " + DEFAULT;

        plan(request, DEFAULT, network);

        assertThat(request.config() + " " + network + " " + DEFAULT).isEqualTo(before);
    }

    private static List<String> configs(AttachmentPlan plan) {
        return plan.attachments().getLast().steps().stream()
                .map(step -> Json.text(step.config().json()))
                .toList();
    }

    private static String runtimeConfig(PlannedStep step) {
        return Json.text(step.config().find("runtimeConfig").orElseThrow());
    }
}
