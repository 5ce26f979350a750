package io.patchbay.meta.plan;

import io.patchbay.meta.cni.CniRequest;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.PodRef;
import java.util.ArrayList;
import java.util.List;

/// Decides what a sandbox is to get. It reads nothing but its arguments, and what their words alone
/// can refuse is refused here, with code 7.
public final class Planner {
    /// The blocks of link indexes that a sandbox has.
    static final int MOST_STEPS = 100;

    private Planner() {}

    /// Plans an ADD.
    ///
    /// @param request an ADD
    /// @param number see {@link AttachmentPlan}, as is netnsInode
    /// @param further the pod's other networks, in their order
    public static AttachmentPlan plan(
            CniRequest request,
            PodRef pod,
            int number,
            long netnsInode,
            SelectedNetwork defaultNetwork,
            List<SelectedNetwork> further,
            DeviceInfoDirectory deviceInfo) {
        List<SelectedNetwork> networks = new ArrayList<>();
        networks.add(defaultNetwork);
        networks.addAll(further);
        requireFewSteps(networks);
        requireOneDefaultRoute(networks);
        List<String> names = InterfaceNames.choose(request.ifName(), networks);
        List<PlannedAttachment> attachments = new ArrayList<>();
        int step = 0;
        for (int i = 0; i < networks.size(); i++) {
            PlannedAttachment attachment =
                    new ChainPlanner(request, networks.get(i), i)
                            .plan(names.get(i), step, deviceInfo);
            step += attachment.steps().size();
            attachments.add(attachment);
        }
        return new AttachmentPlan(
                request.containerId(),
                pod,
                number,
                request.netns().orElseThrow(),
                netnsInode,
                request.previousResult(),
                attachments);
    }

    private static void requireFewSteps(List<SelectedNetwork> networks) {
        int steps = networks.stream().mapToInt(one -> one.network().plugins().size()).sum();
        if (steps > MOST_STEPS) {
            throw CniException.invalidConfig(
                    "the pod's %d networks have %d plugins: at most %d can be called for one pod"
                            .formatted(networks.size(), steps, MOST_STEPS));
        }
    }

    private static void requireOneDefaultRoute(List<SelectedNetwork> networks) {
        DefaultRouteClaims claims = new DefaultRouteClaims();
        for (int i = 0; i < networks.size(); i++) {
            String place = place(i, networks.get(i));
            claims.add(
                    place,
                    place,
                    networks.get(i).selection().defaultRoute().map(DefaultRoute::new));
        }
    }

    /// How people find a network of the pod: by its place, where 0 is the default network.
    static String place(int position, SelectedNetwork selected) {
        return position == 0
                ? "the default network \"%s\"".formatted(selected.title())
                : "network %d of the pod, \"%s\"".formatted(position, selected.title());
    }
}
