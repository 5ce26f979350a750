package io.patchbay.vpc;

import io.patchbay.spi.pod.Cluster;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a node names its ENIConfig. Source: amazon-vpc-cni-k8s, `pkg/eniconfig/eniconfig.go`.
record EniConfigName(String label, String annotation) {
    private static final String EXTERNAL = "vpc.amazonaws.com/externalEniConfig";
    private static final String DEFAULT = "default";

    /// @param by what of the node says so, for messages
    record Named(String name, String by) {}

    Named of(Cluster cluster) {
        return named(cluster.nodeLabels().get(EXTERNAL), "label " + EXTERNAL)
                .or(() ->
                        named(
                                cluster.nodeAnnotations().get(annotation),
                                "annotation " + annotation))
                .or(() -> named(cluster.nodeLabels().get(label), "label " + label))
                .orElse(new Named(DEFAULT, "no label or annotation"));
    }

    private static Optional<Named> named(@Nullable String value, String by) {
        return Optional.ofNullable(value)
                .filter(name -> !name.isEmpty())
                .map(name -> new Named(name, by));
    }
}
