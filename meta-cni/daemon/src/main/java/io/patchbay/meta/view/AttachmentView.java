package io.patchbay.meta.view;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One network of a sandbox as it is now.
///
/// @param link the one that it is called by; empty where there is none, or none was seen
/// @param device its place on the bus, or its socket
/// @param differences sentences on what the kernel shows and ADD did not leave
public record AttachmentView(
        PlannedAttachment attachment,
        State state,
        Optional<LinkView> link,
        List<Cidr> addresses,
        List<RouteView> routes,
        List<RuleView> rules,
        Optional<String> device,
        List<String> differences,
        Health health) {
    public AttachmentView {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        differences = List.copyOf(differences);
    }

    /// The plugins of its chain.
    List<String> types() {
        return attachment.steps().stream().map(PlannedStep::type).toList();
    }

    /// What its link is plugged into.
    Optional<String> parent() {
        return link.flatMap(LinkView::parent).map(LinkView.Parent::toString);
    }

    String chain() {
        return types().stream().collect(Collectors.joining("+"));
    }

    AttachmentView with(Health value) {
        return new AttachmentView(
                attachment, state, link, addresses, routes, rules, device, differences, value);
    }
}
