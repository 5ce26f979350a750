package io.patchbay.meta.attach;

import io.patchbay.meta.delegate.BoundSource;
import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.ipam.Ipam;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A bound step as its delegate sees it on ADD and CHECK.
record StepAttachment<C extends Record>(
        AttachmentPlan plan,
        BoundStep<C> bound,
        Optional<CniResult> previous,
        Optional<DeviceInfo> deviceInfo,
        Handles handles)
        implements Attachment<C> {

    @Override
    public AttachmentId id() {
        return bound.attachment().id();
    }

    @Override
    public int step() {
        return bound.attachment().steps().indexOf(bound.step());
    }

    @Override
    public PodRef pod() {
        return plan.pod();
    }

    @Override
    public C config() {
        return bound.config()
                .orElseThrow(() -> new IllegalStateException("a step was run unbound"));
    }

    @Override
    public Capabilities capabilities() {
        return bound.step().capabilities();
    }

    @Override
    public Map<String, String> args() {
        return bound.step().args();
    }

    @Override
    public Optional<DeviceId> device() {
        return bound.step().device();
    }

    @Override
    public Netns host() {
        return handles.host();
    }

    @Override
    public Ipam ipam() {
        return new Ipam() {
            @Override
            public boolean isConfigured() {
                return bound.addresses().isPresent();
            }

            @Override
            public boolean needsLink() {
                return bound.addresses().filter(BoundSource::overLink).isPresent();
            }

            @Override
            public Lease acquire() {
                return leased(Optional.empty());
            }

            @Override
            public Lease acquire(Uplink uplink) {
                return leased(Optional.of(uplink));
            }

            @Override
            public void probe(Uplink uplink) {
                bound.addresses()
                        .ifPresent(source -> source.probe(id(), wish(Optional.of(uplink))));
            }
        };
    }

    private Lease leased(Optional<Uplink> uplink) {
        Lease lease =
                bound.addresses()
                        .map(source -> source.acquire(id(), wish(uplink)))
                        .orElse(Lease.EMPTY);
        return new Lease(lease.ips(), lease.routes(), bound.dns().or(lease::dns));
    }

    private Wish wish(Optional<Uplink> uplink) {
        return new Wish(capabilities(), args(), uplink);
    }

    @Override
    public int group() {
        return plan.number();
    }

    @Override
    public int ifindex(int n) {
        return SandboxNumber.ifindex(plan.number(), bound.step().position(), n);
    }

    @Override
    public Instant deadline() {
        return handles.deadline();
    }
}
