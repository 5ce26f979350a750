package io.patchbay.meta.run;

import io.patchbay.meta.attach.AttachedNetwork;
import io.patchbay.meta.cni.CniCommand;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.kube.ClusterView;
import io.patchbay.meta.kube.EventType;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.pod.PodRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells by events what became of a pod's networks.
record PodEvents(ClusterView view) {
    void attached(PodRef pod, List<AttachedNetwork> networks) {
        if (!pod.name().isEmpty()) {
            for (AttachedNetwork network : networks) {
                view.event(Optional.of(pod), EventType.NORMAL, "AddedInterface", describe(network));
            }
        }
    }

    /// In the words that operators know.
    private static String describe(AttachedNetwork network) {
        return "Add %s [%s] from %s"
                .formatted(
                        network.attachment().id().ifName(),
                        network.result().ips().stream()
                                .map(CniResult.Ip::address)
                                .map(Object::toString)
                                .collect(Collectors.joining(" ")),
                        network.attachment().title());
    }

    /// An ADD that was refused; nobody looks for events of anything else.
    void refused(CniRequest call, CniException refusal) {
        String namespace = call.args().getOrDefault("K8S_POD_NAMESPACE", "");
        String name = call.args().getOrDefault("K8S_POD_NAME", "");
        boolean told = call.command() == CniCommand.ADD && !namespace.isEmpty() && !name.isEmpty();
        // One that is gone has nobody to tell.
        if (told && refusal.code() != Standard.UNKNOWN_CONTAINER) {
            PodRef pod = new PodRef(namespace, name, call.args().getOrDefault("K8S_POD_UID", ""));
            view.event(
                    Optional.of(pod),
                    EventType.WARNING,
                    reason(refusal.code()),
                    refusal.getMessage() + details(refusal));
        }
    }

    /// Such as what a binary wrote to stderr.
    private static String details(CniException refusal) {
        return refusal.details().isEmpty() ? "" : " (" + refusal.details() + ")";
    }

    private static String reason(ErrorCode code) {
        return switch (code) {
            case Standard.TRY_AGAIN_LATER -> "NetworkNotReady";
            case Standard.INVALID_NETWORK_CONFIG,
                    Standard.UNSUPPORTED_FIELD,
                    Standard.UNDECODABLE,
                    Standard.INCOMPATIBLE_VERSION ->
                    "NetworkRefused";
            default -> "NetworkFailed";
        };
    }
}
