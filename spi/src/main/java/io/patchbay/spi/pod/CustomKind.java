package io.patchbay.spi.pod;

/// A kind of custom objects, as its CustomResourceDefinition has it.
///
/// @param group such as `crd.k8s.amazonaws.com`
/// @param kind as manifests name it, such as `ENIConfig`
/// @param plural as paths name it, such as `eniconfigs`
public record CustomKind(String group, String version, String kind, String plural, Scope scope) {
    public enum Scope {
        CLUSTER,
        NAMESPACED
    }

    /// As manifests have it.
    public String apiVersion() {
        return group + "/" + version;
    }

    /// The name of its CustomResourceDefinition.
    @Override
    public String toString() {
        return plural + "." + group;
    }
}
