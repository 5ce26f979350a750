package io.patchbay.meta.multus;

import java.util.Locale;

/// A name that Kubernetes takes for an object, made of one that CNI takes for a network.
final class DefinitionName {
    private DefinitionName() {}

    static String of(String network) {
        String name =
                network.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return name.isEmpty() ? "network" : name;
    }
}
