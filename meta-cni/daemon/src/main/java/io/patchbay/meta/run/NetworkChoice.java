package io.patchbay.meta.run;

import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.device.AllocatedDevices;
import io.patchbay.meta.device.AssignedDevices;
import io.patchbay.meta.kube.ClusterView;
import io.patchbay.meta.kube.NetworkAttachmentDefinition;
import io.patchbay.meta.kube.NetworkConfigDirectory;
import io.patchbay.meta.kube.PodNetworks;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.meta.selftest.TestedNetwork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which networks a self-test is to try, as its options say.
///
/// @param chosen titles; empty for all
/// @param ips addresses by title
record NetworkChoice(List<String> chosen, List<String> skipped, Map<String, String> ips) {

    /// Refuses with 7 a title that is no network's, and a choice that leaves none.
    List<TestedNetwork> of(Settings settings, ClusterView view) {
        List<TestedNetwork> all = all(settings, view);
        refuseUnknown("--network", chosen, all);
        refuseUnknown("--skip", skipped, all);
        refuseUnknown("--ip", ips.keySet(), all);
        List<TestedNetwork> left =
                all.stream()
                        .filter(one -> chosen.isEmpty() || chosen.contains(one.title()))
                        .filter(one -> !skipped.contains(one.title()))
                        .toList();
        if (left.isEmpty()) {
            throw SelftestCommand.refusal(
                    "--network and --skip leave no network to test: the node has " + titles(all));
        }
        return left;
    }

    private static void refuseUnknown(
            String option, Collection<String> named, List<TestedNetwork> all) {
        for (String title : named) {
            if (all.stream().noneMatch(one -> one.title().equals(title))) {
                throw SelftestCommand.refusal(
                        "%s \"%s\" is no network of this node: it has %s"
                                .formatted(option, title, titles(all)));
            }
        }
    }

    private static String titles(List<TestedNetwork> networks) {
        return networks.stream().map(TestedNetwork::title).collect(Collectors.joining(", "));
    }

    private List<TestedNetwork> all(Settings settings, ClusterView view) {
        // A network whose configuration is refused has none here; the daemon is to say why.
        Map<String, NetworkConfigList> readable =
                new PodNetworks(
                                view,
                                settings.defaultNetwork(),
                                settings.selection(),
                                new NetworkConfigDirectory(settings.networkConfigDirectory()),
                                new AssignedDevices(_ -> AllocatedDevices.of(Map.of())))
                        .all().stream()
                                .collect(
                                        Collectors.toMap(
                                                SelectedNetwork::title,
                                                SelectedNetwork::network,
                                                (first, _) -> first));
        List<TestedNetwork> all = new ArrayList<>();
        String title = settings.defaultNetwork().name();
        all.add(
                new TestedNetwork(
                        title,
                        Optional.empty(),
                        Optional.of(settings.defaultNetwork()),
                        Optional.empty(),
                        Optional.ofNullable(ips.get(title))));
        for (NetworkAttachmentDefinition one : view.networks()) {
            all.add(
                    new TestedNetwork(
                            one.toString(),
                            Optional.of(NetworkSelection.of(one.namespace(), one.name())),
                            Optional.ofNullable(readable.get(one.toString())),
                            one.resourceName(),
                            Optional.ofNullable(ips.get(one.toString()))));
        }
        return all;
    }
}
