package io.patchbay.meta.kube;

import io.patchbay.meta.cni.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/// What a pod's containers may have of each resource, by its `spec`. Init containers run one after
/// the other and before the others, but for those that are restarted always: they stay beside all
/// that follow. Source: kubernetes.io, "Sidecar Containers", resource sharing within containers.
final class Limits {
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Map<String, BigDecimal> lasting = new HashMap<>();
    private final Map<String, BigDecimal> most = new HashMap<>();

    private Limits() {}

    /// By resource, rounded up to whole ones.
    static Map<String, Long> of(JsonObject spec) {
        Limits limits = new Limits();
        for (JsonObject container : spec.objects("initContainers")) {
            if (container.string("restartPolicy").filter("Always"::equals).isPresent()) {
                limits.stays(container);
            } else {
                limits.passes(container);
            }
        }
        spec.objects("containers").forEach(limits::stays);
        limits.lasting.forEach(
                (resource, sum) -> limits.most.merge(resource, sum, BigDecimal::max));
        Map<String, Long> whole = new HashMap<>();
        limits.most.forEach((resource, limit) ->
                whole.put(
                        resource,
                        limit.setScale(0, RoundingMode.CEILING).min(MOST).longValueExact()));
        return whole;
    }

    private void stays(JsonObject container) {
        limits(container)
                .forEach((resource, limit) -> lasting.merge(resource, limit, BigDecimal::add));
    }

    private void passes(JsonObject container) {
        limits(container)
                .forEach((resource, limit) ->
                        most.merge(
                                resource,
                                limit.add(lasting.getOrDefault(resource, BigDecimal.ZERO)),
                                BigDecimal::max));
    }

    private static Map<String, BigDecimal> limits(JsonObject container) {
        Map<String, BigDecimal> limits = new HashMap<>();
        container
                .object("resources")
                .flatMap(resources -> resources.object("limits"))
                .ifPresent(object -> {
                    for (var entry : object.json().properties()) {
                        String resource = entry.getKey();
                        if (!entry.getValue().isValueNode()) {
                            throw object.expected("a quantity", resource, entry.getValue());
                        }
                        limits.put(
                                resource,
                                object.parse(resource, entry.getValue().asText(), Quantity::parse));
                    }
                });
        return limits;
    }
}
