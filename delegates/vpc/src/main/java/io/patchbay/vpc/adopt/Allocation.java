package io.patchbay.vpc.adopt;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.plumbing.VethName;
import java.net.InetAddress;

/// An address that the VPC CNI gave to a pod.
///
/// @param pod with empty names where the checkpoint does not tell them
/// @param card the network card that it is of; a pod has one address of each at most
public record Allocation(AttachmentId id, InetAddress address, PodRef pod, int card) {

    /// The end of the name of the pod's link on the host, whatever its prefix is; of a further card
    /// the card's number is part of what is digested (pkg/networkutils/names.go).
    String linkSuffix() {
        return VethName.of(
                "",
                pod,
                new AttachmentId(
                        id.containerId(),
                        id.network(),
                        card == 0 ? VethName.FIRST : Integer.toString(card)));
    }
}
