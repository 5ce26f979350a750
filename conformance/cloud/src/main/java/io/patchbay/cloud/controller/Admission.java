package io.patchbay.cloud.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;

/// What the mutating webhook of Amazon's controller makes of a pod, for clusters without webhooks:
/// it is applied to a manifest before the pod is created.
public final class Admission {
    private Admission() {}

    /// A pod that a policy selects requests one branch, by its first container; every other pod is
    /// as it was. One on the host's network needs none.
    ///
    /// @param pod as JSON, which is left as it is
    /// @param serviceAccount the labels of the pod's service account
    public static JsonNode admit(
            JsonNode pod,
            Map<String, String> serviceAccount,
            Collection<SecurityGroupPolicy> policies) {
        boolean onHost = pod.path("spec").path("hostNetwork").asBoolean();
        if (onHost
                || Selection.groups(PodJson.decode(pod), serviceAccount, policies).isEmpty()
                || !(pod.deepCopy() instanceof ObjectNode admitted)
                || !(admitted.at("/spec/containers/0") instanceof ObjectNode first)) {
            return pod;
        }
        ObjectNode resources = first.withObjectProperty("resources");
        resources.withObjectProperty("limits").put(PodJson.POD_ENI, "1");
        resources.withObjectProperty("requests").put(PodJson.POD_ENI, "1");
        return admitted;
    }
}
