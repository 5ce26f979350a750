package io.patchbay.cloud.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.cloud.controller.CniNode;
import io.patchbay.cloud.controller.EniConfig;
import io.patchbay.cloud.controller.LabelSelector;
import io.patchbay.cloud.controller.LabelSelector.Requirement;
import io.patchbay.cloud.controller.Node;
import io.patchbay.cloud.controller.PodJson;
import io.patchbay.cloud.controller.SecurityGroupPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Objects as the API server writes them. What has no sense is an IllegalArgumentException with a
/// sentence.
final class Objects {
    private Objects() {}

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static Map<String, String> labels(JsonNode object) {
        return PodJson.texts(object.path("metadata").path("labels"));
    }

    static SecurityGroupPolicy policy(JsonNode object) {
        JsonNode spec = object.path("spec");
        return new SecurityGroupPolicy(
                object.path("metadata").path("namespace").asText(),
                name(object),
                selector(spec.path("podSelector")),
                selector(spec.path("serviceAccountSelector")),
                texts(spec.path("securityGroups").path("groupIds")));
    }

    private static Optional<LabelSelector> selector(JsonNode selector) {
        if (!selector.isObject()) {
            return Optional.empty();
        }
        List<Requirement> expressions = new ArrayList<>();
        for (JsonNode one : selector.path("matchExpressions")) {
            Set<String> values = new HashSet<>(texts(one.path("values")));
            expressions.add(
                    Requirement.of(
                            one.path("key").asText(), one.path("operator").asText(), values));
        }
        return Optional.of(
                new LabelSelector(PodJson.texts(selector.path("matchLabels")), expressions));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    static Node node(JsonNode object) {
        JsonNode capacity = object.path("status").path("capacity").path(PodJson.POD_ENI);
        return new Node(
                name(object),
                Node.instance(object.path("spec").path("providerID").asText()),
                Optional.of(capacity).filter(is -> !is.isMissingNode()).map(JsonNode::asInt));
    }

    static CniNode cniNode(JsonNode object) {
        Map<String, String> features = new HashMap<>();
        object.path("spec")
                .path("features")
                .forEach(feature ->
                        features.put(
                                feature.path("name").asText(), feature.path("value").asText("")));
        return new CniNode(name(object), features);
    }

    static EniConfig eniConfig(JsonNode object) {
        String subnet = object.path("spec").path("subnet").asText();
        if (subnet.isEmpty()) {
            throw new IllegalArgumentException(
                    "ENIConfig %s has no \"subnet\"".formatted(name(object)));
        }
        return new EniConfig(name(object), subnet);
    }
}
