package io.patchbay.vpc.branch;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.ipam.Ipam;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The ADD of a pod's eth0, with indexes of links that nobody else has.
record GivenAttachment(PodRef pod, Netns host, int group)
        implements Attachment<GivenAttachment.Nothing> {
    record Nothing() {}

    private static final int INDEXES = 8;

    @Override
    public AttachmentId id() {
        return new AttachmentId("container-of-" + pod.name(), "pods", "eth0");
    }

    @Override
    public int step() {
        return 0;
    }

    @Override
    public Nothing config() {
        return new Nothing();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.NONE;
    }

    @Override
    public Map<String, String> args() {
        return Map.of();
    }

    @Override
    public Optional<DeviceId> device() {
        return Optional.empty();
    }

    @Override
    public Optional<DeviceInfo> deviceInfo() {
        return Optional.empty();
    }

    @Override
    public Optional<CniResult> previous() {
        return Optional.empty();
    }

    @Override
    public Ipam ipam() {
        throw new UnsupportedOperationException("a branch has its address from its annotation");
    }

    @Override
    public int ifindex(int n) {
        return group * INDEXES + n;
    }

    @Override
    public Instant deadline() {
        return Instant.MAX;
    }
}
