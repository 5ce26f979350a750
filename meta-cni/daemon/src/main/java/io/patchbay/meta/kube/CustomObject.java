package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomKind.Scope;

/// An object of a kind that means nothing here, but may to a delegate.
///
/// @param namespace empty where it says none: what that means its kind decides
/// @param spec an empty object where it has none
public record CustomObject(
        String apiVersion, String kind, String namespace, String name, JsonNode spec) {
    /// Whether it is the one of that name.
    ///
    /// @param wanted with `namespace/` in front where the kind is namespaced
    boolean is(CustomKind of, String wanted) {
        return apiVersion.equals(of.apiVersion())
                && kind.equals(of.kind())
                && wanted.equals(of.scope() == Scope.CLUSTER ? name : inNamespace());
    }

    private String inNamespace() {
        return (namespace.isEmpty() ? "default" : namespace) + "/" + name;
    }

    @Override
    public String toString() {
        return "%s %s".formatted(kind, namespace.isEmpty() ? name : inNamespace());
    }
}
