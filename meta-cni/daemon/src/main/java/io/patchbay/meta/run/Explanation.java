package io.patchbay.meta.run;

import io.patchbay.meta.cni.CniCommand;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.delegate.ConfigTypes;
import io.patchbay.meta.device.AllocatedDevices;
import io.patchbay.meta.device.AssignedDevices;
import io.patchbay.meta.kube.ClusterView;
import io.patchbay.meta.kube.NetworkConfigDirectory;
import io.patchbay.meta.kube.Pod;
import io.patchbay.meta.kube.PodNetworks;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.DefaultRoute;
import io.patchbay.meta.plan.DeviceInfoDirectory;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.meta.plan.Planner;
import io.patchbay.meta.view.TextTable;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an ADD of a pod would do on this node, as far as it is known without the kernel.
final class Explanation {
    private static final List<String> COLUMNS =
            List.of("INTERFACE", "NETWORK", "DEFAULT ROUTE", "PLUGIN", "MADE", "CONFIGURATION");

    private final PodNetworks networks;
    private final ConfigTypes types;
    private final DeviceInfoDirectory deviceInfo;

    Explanation(Settings settings, ClusterView view) {
        this.networks =
                new PodNetworks(
                        view,
                        settings.defaultNetwork(),
                        settings.selection(),
                        new NetworkConfigDirectory(settings.networkConfigDirectory()),
                        // Which device a network gets is the kubelet's to tell, once the pod runs.
                        new AssignedDevices(_ -> AllocatedDevices.of(Map.of())));
        this.types =
                Validation.types(
                        settings.pluginPath(), settings.delegatePath(), settings.unknownKeys());
        this.deviceInfo = new DeviceInfoDirectory(settings.deviceInfoDirectory());
    }

    /// A table of the plan, one line a plugin. Whatever would refuse the pod is thrown.
    String of(Pod pod) {
        PodNetworks.Chosen chosen = networks.choose(pod, pod.ref());
        AttachmentPlan plan =
                Planner.plan(
                        add(pod),
                        chosen.pod(),
                        0,
                        0,
                        chosen.defaultNetwork(),
                        chosen.further(),
                        deviceInfo);
        List<List<String>> rows = new ArrayList<>();
        for (PlannedAttachment attachment : plan.attachments()) {
            for (PlannedStep step : attachment.steps()) {
                rows.add(row(attachment, step, step.equals(attachment.steps().getFirst())));
            }
        }
        return TextTable.of(COLUMNS, rows);
    }

    private static CniRequest add(Pod pod) {
        return new CniRequest(
                CniCommand.ADD,
                "explained",
                Optional.of("/run/netns/explained"),
                "eth0",
                Map.of(
                        "K8S_POD_NAMESPACE", pod.ref().namespace(),
                        "K8S_POD_NAME", pod.ref().name()),
                List.of(),
                CniVersion.NEWEST,
                new PluginConfig(Json.object().put("type", "patchbay")));
    }

    private List<String> row(PlannedAttachment attachment, PlannedStep step, boolean first) {
        String maker = types.maker(attachment, step);
        types.checkConfig("network " + attachment.title(), step.config());
        types.checkAddresses("network " + attachment.title(), step.config());
        return List.of(
                first ? attachment.id().ifName() : "",
                first ? attachment.title() : "",
                first ? defaultRoute(attachment.defaultRoute()) : "",
                step.type(),
                maker,
                Json.text(step.config().json()));
    }

    private static String defaultRoute(Optional<DefaultRoute> route) {
        if (route.isEmpty()) {
            return "-";
        }
        return route.get().keepsItsOwn()
                ? "its own"
                : route.get().gateways().stream()
                        .map(Cidr::text)
                        .collect(Collectors.joining(" ", "via ", ""));
    }

    /// What would be answered instead of a plan.
    static String refusal(CniException refusal) {
        return "refused with %d: %s".formatted(refusal.code().value(), refusal.getMessage());
    }
}
