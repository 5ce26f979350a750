package io.patchbay.meta.plan;

import io.patchbay.meta.cni.NetworkConfigList;

/// A selection with the network it names.
///
/// @param title how people know the network: `namespace/name` of its definition, or the name of the
///   default network's configuration
public record SelectedNetwork(
        String title, NetworkSelection selection, NetworkConfigList network) {}
