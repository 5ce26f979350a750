package io.patchbay.meta.kube;

import io.patchbay.meta.plan.NetworkSelection;
import java.util.List;
import java.util.Set;

/// Which networks pods get unasked, and which they may use, as the node is configured.
///
/// @param everyPods for each pod, behind the default network
/// @param systemNamespaces whose pods do without `everyPods`
/// @param byNamespace for the pods of some namespaces, behind those
/// @param networkNamespace where a default network is looked for that a pod selects without naming
///   a namespace
/// @param isolation whether a pod may select networks of its own namespace only
/// @param sharedNamespaces whose networks every pod may select all the same
public record SelectionRules(
        List<NetworkSelection> everyPods,
        Set<String> systemNamespaces,
        List<NamespaceNetworks> byNamespace,
        String networkNamespace,
        boolean isolation,
        Set<String> sharedNamespaces) {

    /// What counts where nothing is configured.
    public static final SelectionRules DEFAULT =
            new SelectionRules(
                    List.of(),
                    Set.of("kube-system"),
                    List.of(),
                    "kube-system",
                    false,
                    Set.of("default"));

    public SelectionRules {
        everyPods = List.copyOf(everyPods);
        systemNamespaces = Set.copyOf(systemNamespaces);
        byNamespace = List.copyOf(byNamespace);
        sharedNamespaces = Set.copyOf(sharedNamespaces);
    }

    /// Networks for all pods of the namespaces that a selector takes.
    public record NamespaceNetworks(LabelSelector namespaces, List<NetworkSelection> networks) {
        public NamespaceNetworks {
            networks = List.copyOf(networks);
        }
    }
}
