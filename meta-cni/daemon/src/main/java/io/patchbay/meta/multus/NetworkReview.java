package io.patchbay.meta.multus;

import io.patchbay.meta.cni.CniCommand;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.kube.NetworkAttachmentDefinition;
import io.patchbay.meta.kube.NetworkConfigDirectory;
import io.patchbay.meta.kube.Pod;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.NetworksAnnotation;
import io.patchbay.meta.plan.Planner;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.meta.translation.Remarks;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Names what Patchbay refuses, or does otherwise, of networks that Multus attached, and of what
/// pods ask of them.
record NetworkReview(Networks networks, NetworkFinder finder, NetworkCheck check, Remarks remarks) {

    void review(NetworkConfigList defaultNetwork) {
        problems("key \"defaultNetwork\"", defaultNetwork);
        networks.problems().forEach(problem -> remarks.add("manifest", problem));
        networks.definitions().forEach(this::review);
        networks.pods().forEach(pod -> review(pod, defaultNetwork));
    }

    private void problems(String where, NetworkConfigList network) {
        check.problems(where, network)
                .forEach(problem -> remarks.add("refused, or left out by \"warn\"", problem));
    }

    private void review(NetworkAttachmentDefinition network) {
        String where = "NetworkAttachmentDefinition " + network;
        if (network.name().contains(".")) {
            remarks.add(
                    where,
                    "its name has a dot: Multus refused it in the short form of the annotation, Patchbay takes it in both");
        }
        try {
            NetworkConfigList config = decode(network);
            config.plugins().forEach(plugin -> refuseLoop(where, plugin));
            problems(where, config);
        } catch (CniException e) {
            remarks.add("refused, " + where, String.valueOf(e.getMessage()));
        }
    }

    /// A definition without a configuration has it on the node's disk.
    private NetworkConfigList decode(NetworkAttachmentDefinition network) {
        String what = "NetworkAttachmentDefinition " + network;
        return network.config()
                .map(text -> NetworkConfigDecoder.decode(what, text, network.name()))
                .or(() -> new NetworkConfigDirectory(finder.confDir()).find(network.name()))
                .orElseThrow(() ->
                        CniException.invalidConfig(
                                "%s, key \"spec.config\": it is missing, and no file in %s has its name"
                                        .formatted(what, finder.confDir())));
    }

    private static void refuseLoop(String where, PluginConfig plugin) {
        SelfCall.find(plugin.json())
                .ifPresent(type -> {
                    throw CniException.invalidConfig(
                            "%s: a plugin of type \"%s\" would delegate without end: name the network itself"
                                    .formatted(where, type));
                });
    }

    private void review(Pod pod, NetworkConfigList defaultNetwork) {
        String where = "pod " + pod.ref();
        try {
            List<SelectedNetwork> selected = new ArrayList<>();
            for (NetworkSelection selection :
                    NetworksAnnotation.parse(
                            pod.annotations().getOrDefault(NetworksAnnotation.KEY, ""),
                            pod.ref().namespace())) {
                find(where, selection).ifPresent(selected::add);
            }
            Planner.plan(
                    add(),
                    pod.ref(),
                    0,
                    0,
                    new SelectedNetwork(
                            defaultNetwork.name(),
                            NetworkSelection.of("", defaultNetwork.name()),
                            defaultNetwork),
                    selected,
                    DeviceInfoDirectory.DEFAULT);
        } catch (CniException e) {
            remarks.add("refused, " + where, String.valueOf(e.getMessage()));
        }
    }

    /// Empty for a network that cannot be had, of which something has been said.
    private Optional<SelectedNetwork> find(String where, NetworkSelection selection) {
        Optional<NetworkAttachmentDefinition> network =
                networks.find(selection.namespace(), selection.name());
        if (network.isEmpty()) {
            remarks.add(where, "network %s is not among the manifests".formatted(selection));
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new SelectedNetwork(selection.toString(), selection, decode(network.get())));
        } catch (CniException e) {
            return Optional.empty();
        }
    }

    /// The ADD of a pod that nobody has.
    private static CniRequest add() {
        return new CniRequest(
                CniCommand.ADD,
                "import",
                Optional.of(""),
                "eth0",
                Map.of(),
                List.of(),
                CniVersion.NEWEST,
                new PluginConfig(Json.object().put("type", "patchbay")));
    }
}
