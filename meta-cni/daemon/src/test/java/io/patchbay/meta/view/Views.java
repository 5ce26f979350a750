package io.patchbay.meta.view;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.delegate.Complaint;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.pod.PodRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A pod `core/amf-0` with a bridge and a macvlan, as a journal and a kernel may have it.
final class Views {
    static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:02");
    static final Cidr ADDRESS = Cidr.parse("10.20.0.10/24");

    private static final Map<String, String> WHEREABOUTS =
            Map.of("whereabouts", "/opt/cni/bin/whereabouts");

    private Views() {}

    static PlannedAttachment attachment(int position, String ifName, String network, String type) {
        return new PlannedAttachment(
                new AttachmentId("c1", network, ifName),
                network,
                CniVersion.NEWEST,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new PlannedStep(
                                position,
                                new PluginConfig(Json.object().put("type", type)),
                                Capabilities.NONE,
                                Map.of(),
                                List.of(),
                                Optional.empty(),
                                type.equals("macvlan") ? WHEREABOUTS : Map.of())));
    }

    static Sandbox sandbox(String containerId, PodRef pod, List<CniResult> results) {
        return new Sandbox(
                new AttachmentPlan(
                        containerId,
                        pod,
                        1 << 24,
                        "/run/netns/" + containerId,
                        7,
                        Optional.empty(),
                        List.of(
                                attachment(0, "eth0", "core/signalling", "bridge"),
                                attachment(1, "net1", "core/media", "macvlan"))),
                results.isEmpty() ? Optional.empty() : Optional.of(results),
                Map.of(),
                List.of(new Complaint(1, "whereabouts", "pool is\nnearly\u0007 full")),
                false,
                Set.of());
    }

    static Sandbox sandbox(String containerId, String namespace, String name) {
        return sandbox(
                containerId,
                new PodRef(namespace, name, ""),
                List.of(
                        result("eth0"),
                        new CniResult(List.of(), List.of(), List.of(), CniResult.Dns.EMPTY)));
    }

    /// What gives an interface {@link #ADDRESS} and a default route.
    static CniResult result(String ifName) {
        return new CniResult(
                List.of(CniResult.Interface.inSandbox(ifName, MAC, 1500, "/run/netns/c1")),
                List.of(new CniResult.Ip(ADDRESS, Optional.empty(), OptionalInt.of(0))),
                List.of(
                        CniResult.Route.of(
                                Cidr.any(false), Optional.of(Cidr.address("10.20.0.1")))),
                CniResult.Dns.EMPTY);
    }

    static Link link(String name, boolean up, int mtu) {
        return new Link(
                16_777_216,
                name,
                "veth",
                up,
                mtu,
                0,
                Optional.of(MAC),
                OptionalInt.empty(),
                OptionalInt.of(9),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    static Route defaultRoute() {
        return Route.to(Cidr.any(false)).via(Cidr.address("10.20.0.1"));
    }

    /// Both attachments: the first as it should be, the second without its link.
    static SandboxView view() {
        Sandbox sandbox = sandbox("c1", "core", "amf-0");
        AttachmentView first =
                new AttachmentView(
                        sandbox.plan().attachments().getFirst(),
                        State.ATTACHED,
                        Optional.of(
                                new LinkView(
                                        link("eth0", true, 1500),
                                        Optional.of(
                                                new LinkView.Parent(
                                                        "signalling", Side.NODE, "p1")))),
                        List.of(ADDRESS, Cidr.parse("fe80::2/64")),
                        List.of(
                                new RouteView(defaultRoute(), "eth0", Side.POD),
                                new RouteView(
                                        Route.to(ADDRESS).table(100).metric(20), "eth0", Side.POD),
                                new RouteView(
                                        Route.to(Cidr.parse("10.20.0.10/32")), "p1", Side.NODE)),
                        List.of(new RuleView(Rule.from(ADDRESS, 512, 100), Side.POD)),
                        Optional.empty(),
                        List.of(),
                        Health.OK);
        AttachmentView second =
                new AttachmentView(
                        sandbox.plan().attachments().getLast(),
                        State.ATTACHED,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.of("0000:01:10.0"),
                        List.of("there is no such link in the pod, and ADD made one"),
                        Health.wrong("no\u001b[2Jlink\u009b"));
        return new SandboxView(sandbox, Optional.empty(), List.of(first, second));
    }
}
