package io.patchbay.meta.view;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An attachment as the journal has it, on its way to be seen.
record Attached(Sandbox sandbox, PlannedAttachment attachment, CniResult result) {
    private String name() {
        return attachment.id().ifName();
    }

    private State state() {
        return State.of(sandbox, attachment);
    }

    AttachmentView unseen() {
        return new AttachmentView(
                attachment,
                state(),
                Optional.empty(),
                Differences.given(name(), result),
                List.of(),
                List.of(),
                device(),
                List.of(),
                Health.NOT_ASKED);
    }

    AttachmentView in(PodSide pod, NodeSide node) {
        Optional<Link> link = pod.find(name());
        boolean linkless = link.isEmpty() && isLinkless(node);
        List<Cidr> addresses =
                linkless
                        ? Differences.given(name(), result)
                        : link.map(pod::addresses).map(Attached::sorted).orElse(List.of());
        Optional<Link> peer = link.flatMap(node::peer);
        List<RouteView> inside = link.map(pod::routes).orElse(List.of());
        return new AttachmentView(
                attachment,
                state(),
                link.map(found -> new LinkView(found, pod.parent(found, node))),
                addresses,
                with(inside, peer, addresses, node),
                rules(link, addresses, pod, node),
                device().or(() -> link.flatMap(Link::device)),
                state() == State.ATTACHED && !linkless
                        ? Differences.of(name(), result, link, addresses, inside)
                        : List.of(),
                Health.NOT_ASKED);
    }

    /// Whether it is an application's: by a socket, or by a device that the application drives. The
    /// kernel knows nothing of its addresses then.
    private boolean isLinkless(NodeSide node) {
        return device().filter(node::isForUserSpace).isPresent()
                || result.interfaces().stream()
                        .filter(told -> told.name().equals(name()))
                        .anyMatch(told -> told.socketPath().isPresent());
    }

    /// IPv4 first, and what comes by itself last.
    private static List<Cidr> sorted(List<Cidr> addresses) {
        return addresses.stream()
                .sorted(
                        Comparator.comparing(Cidr::isIpv6)
                                .thenComparing(one -> Differences.isLinkLocal(one)))
                .toList();
    }

    private static List<RouteView> with(
            List<RouteView> inside, Optional<Link> peer, List<Cidr> addresses, NodeSide node) {
        List<RouteView> all = new ArrayList<>(inside);
        node.routesTo(peer, addresses)
                .forEach(route ->
                        all.add(
                                new RouteView(
                                        route,
                                        route.link().stream()
                                                .boxed()
                                                .flatMap(index -> node.find(index).stream())
                                                .map(Link::name)
                                                .findFirst()
                                                .orElse("-"),
                                        Side.NODE)));
        return all;
    }

    private static List<RuleView> rules(
            Optional<Link> link, List<Cidr> addresses, PodSide pod, NodeSide node) {
        List<RuleView> all = new ArrayList<>();
        link.ifPresent(found -> all.addAll(pod.rules(found, addresses)));
        node.rulesOf(addresses).forEach(rule -> all.add(new RuleView(rule, Side.NODE)));
        return all;
    }

    private Optional<String> device() {
        return Optional.ofNullable(sandbox.devices().get(name()))
                .map(Attached::place)
                .or(() ->
                        attachment.steps().stream()
                                .map(PlannedStep::device)
                                .flatMap(Optional::stream)
                                .map(DeviceId::value)
                                .findFirst());
    }

    private static String place(DeviceInfo device) {
        return switch (device) {
            case DeviceInfo.Pci pci -> pci.pciAddress();
            case DeviceInfo.Vdpa vdpa -> vdpa.path();
            case DeviceInfo.VhostUser socket -> socket.path();
            case DeviceInfo.Memif socket -> socket.path();
        };
    }
}
