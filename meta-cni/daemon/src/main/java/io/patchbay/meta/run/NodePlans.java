package io.patchbay.meta.run;

import io.patchbay.meta.cni.CniCommand;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.kube.PodNetworks;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.Planner;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Networks as they would be planned for a sandbox that nobody has: what STATUS and GC ask about.
final class NodePlans {
    private static final Logger LOG = System.getLogger(NodePlans.class.getName());

    private NodePlans() {}

    /// What each pod gets. Whatever refuses it would refuse every ADD.
    static List<PlannedAttachment> everyPods(
            CniRequest call, PodNetworks networks, DeviceInfoDirectory deviceInfo) {
        List<PlannedAttachment> plans = new ArrayList<>();
        plans.add(plan(call, networks.defaultNetwork(), deviceInfo));
        networks.everyPods().forEach(network -> plans.add(plan(call, network, deviceInfo)));
        return plans;
    }

    /// All networks of the node, but those that cannot be planned and so have nothing to collect.
    static List<PlannedAttachment> all(
            CniRequest call, PodNetworks networks, DeviceInfoDirectory deviceInfo) {
        List<PlannedAttachment> plans = new ArrayList<>();
        for (SelectedNetwork network : networks.all()) {
            try {
                plans.add(plan(call, network, deviceInfo));
            } catch (CniException e) {
                LOG.log(Level.DEBUG, "left out: {0}", e.getMessage());
            }
        }
        return plans;
    }

    private static PlannedAttachment plan(
            CniRequest call, SelectedNetwork network, DeviceInfoDirectory deviceInfo) {
        CniRequest add =
                new CniRequest(
                        CniCommand.ADD,
                        "",
                        Optional.of(""),
                        "eth0",
                        Map.of(),
                        call.path(),
                        call.version(),
                        call.config());
        return Planner.plan(add, PodNetworks.NOBODY, 0, 0, network, List.of(), deviceInfo)
                .attachments()
                .getFirst();
    }
}
