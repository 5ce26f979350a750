package io.patchbay.spi;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.ipam.Ipam;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One step of one attachment, as ADD and CHECK see it. An interface, so that it may grow.
///
/// @param <C> the record of the network's configuration
public interface Attachment<C extends Record> {
    AttachmentId id();

    /// The position in the chain, from 0.
    int step();

    PodRef pod();

    C config();

    Capabilities capabilities();

    /// The pairs of CNI_ARGS, without those that name the pod.
    Map<String, String> args();

    /// The MAC address that is asked for beyond the configuration: as capability `mac`, else as
    /// `MAC` of CNI_ARGS, where anything but an address is code 7.
    default Optional<MacAddress> mac() {
        Optional<MacAddress> capability = capabilities().mac();
        String argument = args().get("MAC");
        if (capability.isPresent() || argument == null) {
            return capability;
        }
        try {
            return Optional.of(MacAddress.parse(argument));
        } catch (IllegalArgumentException e) {
            throw CniException.invalidConfig("MAC of CNI_ARGS: " + e.getMessage());
        }
    }

    Optional<DeviceId> device();

    Optional<DeviceInfo> deviceInfo();

    /// The result of the step before; in a probe only what the runtime gave the chain; on CHECK the
    /// final result of the chain.
    Optional<CniResult> previous();

    /// What the chain has told, as {@link #previous}; nothing where nobody has told anything.
    default CniResult told() {
        return previous().orElse(CniResult.EMPTY);
    }

    /// The node's namespace, on a handle of this request's own.
    Netns host();

    Ipam ipam();

    /// The link group of the sandbox. It is set on every link the delegate creates, in every
    /// namespace, and never on one that it moves.
    int group();

    /// The n-th link index reserved for this step, 0 to 7. Chosen and journaled before the first
    /// effect, the same on DEL; an index names one link, on the host or in the pod.
    int ifindex(int n);

    Instant deadline();
}
