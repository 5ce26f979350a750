package io.patchbay.meta.attach;

import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Rtnl;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An attachment that was made, with the final result of its chain.
public record AttachedNetwork(
        PlannedAttachment attachment, CniResult result, Optional<DeviceInfo> device) {
    /// The indexes of its links in the pod: the one that it is called by, and all that its result
    /// tells.
    Set<Integer> links(Rtnl pod) {
        return Stream.concat(
                        Stream.of(attachment.id().ifName()),
                        result.interfaces().stream()
                                .filter(link -> !link.sandbox().isEmpty())
                                .map(CniResult.Interface::name))
                .distinct()
                .flatMap(name -> pod.find(name).stream())
                .map(Link::index)
                .collect(Collectors.toSet());
    }
}
