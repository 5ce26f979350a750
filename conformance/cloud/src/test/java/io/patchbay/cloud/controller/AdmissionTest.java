package io.patchbay.cloud.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final List<SecurityGroupPolicy> POLICIES =
            List.of(
                    new SecurityGroupPolicy(
                            "core",
                            "db",
                            Optional.of(LabelSelector.of(Map.of("role", "db"))),
                            Optional.empty(),
                            List.of("sg-1")));

    private static JsonNode read(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json.replace('\'', '"'));
    }

    private static JsonNode pod(String label, String spec) throws JsonProcessingException {
        return read(
                "{'metadata':{'namespace':'core','name':'db-0','labels':{'role':'%s'}},'spec':{%s}}"
                        .formatted(label, spec));
    }

    private static JsonNode admit(JsonNode pod) {
        return Admission.admit(pod, Map.of(), POLICIES);
    }

    @Test
    void aSelectedPodRequestsOneBranchByItsFirstContainer() throws JsonProcessingException {
        JsonNode pod = pod("db", "'containers':[{'name':'a'},{'name':'b'}]");
        JsonNode before = pod.deepCopy();

        JsonNode admitted = admit(pod);

        String one = "{'limits':{'%1$s':'1'},'requests':{'%1$s':'1'}}".formatted(PodJson.POD_ENI);
        assertThat(admitted.at("/spec/containers/0/resources")).isEqualTo(read(one));
        assertThat(admitted.at("/spec/containers/1").has("resources")).isFalse();
        assertThat(PodJson.decode(admitted).asks()).isTrue();
        assertThat(pod).isEqualTo(before);
        assertThat(admit(admitted)).isEqualTo(admitted);
    }

    @Test
    void whatTheContainerAsksForElseStays() throws JsonProcessingException {
        JsonNode admitted =
                admit(pod("db", "'containers':[{'resources':{'limits':{'cpu':'2'},'claims':[]}}]"));
        assertThat(admitted.at("/spec/containers/0/resources/limits/cpu").asText()).isEqualTo("2");
        assertThat(admitted.at("/spec/containers/0/resources").has("claims")).isTrue();
    }

    @Test
    void everyOtherPodIsAsItWas() throws JsonProcessingException {
        List<JsonNode> others =
                List.of(
                        pod("web", "'containers':[{'name':'a'}]"),
                        pod("db", "'hostNetwork':true,'containers':[{'name':'a'}]"),
                        pod("db", "'containers':[]"),
                        read("[]"));
        assertThat(others).allSatisfy(pod -> assertThat(admit(pod)).isSameAs(pod));
    }
}
