package io.patchbay.meta.kube;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;

/// Finds the network that a selection names, and its configuration: its definition's own, or one on
/// disk. Source: NPWG multi-network specification v1.3, §3.4.
record Definitions(ClusterView view, NetworkConfigDirectory files) {

    /// Refuses with 7 a network that is not there.
    ///
    /// @param where names what selects it
    NetworkAttachmentDefinition get(NetworkSelection selection, String where) {
        return view.findNetwork(selection.namespace(), selection.name())
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "network %s, which %s names, is unknown: no NetworkAttachmentDefinition of that name is in %s"
                                        .formatted(selection, where, view.place())));
    }

    SelectedNetwork selected(NetworkSelection selection, NetworkAttachmentDefinition definition) {
        return new SelectedNetwork(
                definition.toString(), selection, decode(definition), definition.resourceName());
    }

    /// Reads a definition's configuration; refusals name the definition.
    NetworkConfigList decode(NetworkAttachmentDefinition definition) {
        String what = "NetworkAttachmentDefinition " + definition;
        return definition
                .config()
                .map(config -> NetworkConfigDecoder.decode(what, config, definition.name()))
                .or(() -> files.find(definition.name()))
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "%s, key \"spec.config\": it is missing, and no CNI configuration in %s has the name \"%s\""
                                        .formatted(what, files.directory(), definition.name())));
    }
}
