package io.patchbay.meta.selftest;

import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.plan.NetworkSelection;
import java.util.Optional;

/// A network that a temporary pod is put on.
///
/// @param title the default network's name, or a definition's `NAMESPACE/NAME`
/// @param selection empty for the default network, which comes as every pod gets it
/// @param config empty where it cannot be read; the daemon says why
/// @param resource of the device plugin that backs the network
/// @param ip the address that its pod asks for, with its prefix length
public record TestedNetwork(
        String title,
        Optional<NetworkSelection> selection,
        Optional<NetworkConfigList> config,
        Optional<String> resource,
        Optional<String> ip) {}
