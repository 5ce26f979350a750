package io.patchbay.meta.plan;

import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.spi.device.DeviceId;
import java.util.Optional;

/// A selection with the network it names.
///
/// @param title how people know the network: `namespace/name` of its definition, or the name of the
///   default network's configuration
/// @param resource of a device plugin, by which the network is backed: each attachment uses up one
///   device of it
public record SelectedNetwork(
        String title,
        NetworkSelection selection,
        NetworkConfigList network,
        Optional<String> resource) {

    public SelectedNetwork(String title, NetworkSelection selection, NetworkConfigList network) {
        this(title, selection, network, Optional.empty());
    }

    /// The same network with a device for the attachment.
    public SelectedNetwork with(DeviceId device) {
        return new SelectedNetwork(title, selection.with(device), network, resource);
    }
}
