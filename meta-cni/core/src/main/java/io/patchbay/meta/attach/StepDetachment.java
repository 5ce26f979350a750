package io.patchbay.meta.attach;

import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.PodRef;
import java.time.Instant;
import java.util.Optional;

/// A bound step as its delegate sees it on DEL.
record StepDetachment<C extends Record>(
        AttachmentPlan plan, BoundStep<C> bound, Optional<CniResult> result, Handles handles)
        implements Detachment<C> {

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
    public Optional<C> config() {
        return bound.config();
    }

    @Override
    public Netns host() {
        return handles.host();
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
