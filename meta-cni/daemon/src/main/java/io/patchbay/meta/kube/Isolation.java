package io.patchbay.meta.kube;

import io.patchbay.spi.cni.CniException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may select a network. A pod may always select those of its own namespace; whether it may
/// select others say the network itself, by the annotation {@link #KEY}, or else the configuration.
record Isolation(SelectionRules rules) {
    /// On a network: the namespaces beside its own whose pods may select it, separated by commas;
    /// `*` means all, and an empty value none.
    static final String KEY = "patchbay.io/allowed-namespaces";

    /// @param where names the pod and the annotation that selects
    void refuse(String podNamespace, NetworkAttachmentDefinition network, String where) {
        if (network.namespace().equals(podNamespace)) {
            return;
        }
        Optional<Set<String>> allowed = allowed(network);
        if (allowed.isPresent()) {
            if (!allowed.get().contains("*") && !allowed.get().contains(podNamespace)) {
                throw CniException.invalidConfig(
                        "%s selects network %s, whose annotation %s does not allow namespace %s: add it there, or use another network"
                                .formatted(where, network, KEY, podNamespace));
            }
        } else if (rules.isolation() && !rules.sharedNamespaces().contains(network.namespace())) {
            throw CniException.invalidConfig(
                    "%s selects network %s of another namespace, which key \"namespaceIsolation\" of the configuration forbids: use one of %s or of %s"
                            .formatted(
                                    where,
                                    network,
                                    podNamespace,
                                    rules.sharedNamespaces().stream()
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
    }

    private static Optional<Set<String>> allowed(NetworkAttachmentDefinition network) {
        return Optional.ofNullable(network.annotations().get(KEY))
                .map(text ->
                        Arrays.stream(text.split(","))
                                .map(String::strip)
                                .collect(Collectors.toSet()));
    }
}
