package io.patchbay.meta.attach;

import io.patchbay.meta.delegate.Binding;
import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.delegate.Complaint;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.Attached;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A plan with its delegates, ready to be probed and then made, strictly one step after the other
/// (NPWG v1.3 §7.3, CNI SPEC.md "Execution of network configurations").
final class Attaching {
    private final AttachmentPlan plan;
    private final DeviceFiles files;
    private final List<List<BoundStep<?>>> chains;

    /// What every step returned, by position, what the pod got, and what binaries complained of.
    record Outcome(
            List<CniResult> steps, List<AttachedNetwork> networks, List<Complaint> complaints) {
        /// The outcome after the default routes were moved: a chain's last step has its result.
        Outcome with(List<AttachedNetwork> settled) {
            List<CniResult> told = new ArrayList<>(steps);
            for (AttachedNetwork network : settled) {
                told.set(network.attachment().steps().getLast().position(), network.result());
            }
            return new Outcome(told, settled, complaints);
        }
    }

    private Attaching(AttachmentPlan plan, DeviceFiles files, List<List<BoundStep<?>>> chains) {
        this.plan = plan;
        this.files = files;
        this.chains = chains;
    }

    /// Binds every step; the first that cannot be is refused before anything is touched.
    static Attaching bind(AttachmentPlan plan, Binding binding, DeviceFiles files) {
        List<List<BoundStep<?>>> chains = new ArrayList<>();
        for (PlannedAttachment attachment : plan.attachments()) {
            List<BoundStep<?>> chain = new ArrayList<>();
            for (PlannedStep step : attachment.steps()) {
                chain.add(binding.bind(attachment, step, plan.netns()));
            }
            chains.add(chain);
        }
        return new Attaching(plan, files, chains);
    }

    /// Refuses what only the kernel or the cloud can tell, for all attachments, without effect.
    void probe(Handles handles) {
        for (PlannedAttachment attachment : plan.attachments()) {
            refuseTakenName(attachment, handles);
        }
        for (List<BoundStep<?>> chain : chains) {
            Optional<CniResult> previous = before(chain);
            Optional<DeviceInfo> device = device(chain).ofDevicePlugin();
            for (BoundStep<?> step : chain) {
                probe(step, previous, device, handles);
                previous = Optional.empty();
            }
        }
    }

    /// What a chain's first plugin is to pass on: the default network is where the runtime's own
    /// chain goes on, the others begin with nothing (CNI SPEC.md, "ADD").
    private Optional<CniResult> before(List<BoundStep<?>> chain) {
        return chain.equals(chains.getFirst()) ? plan.previous() : Optional.empty();
    }

    private AttachmentDevice device(List<BoundStep<?>> chain) {
        return AttachmentDevice.of(chain.getFirst().attachment(), files);
    }

    private static void refuseTakenName(PlannedAttachment attachment, Handles handles) {
        String name = attachment.id().ifName();
        if (handles.livingPod().rtnl().find(name).isPresent()) {
            throw CniException.invalidConfig(
                    "interface \"%s\" for network %s exists in %s already: name another one, or remove it"
                            .formatted(name, attachment.title(), handles.livingPod().path()));
        }
    }

    private <C extends Record> void probe(
            BoundStep<C> step,
            Optional<CniResult> previous,
            Optional<DeviceInfo> device,
            Handles handles) {
        try {
            step.delegate()
                    .probe(
                            new StepAttachment<>(plan, step, previous, device, handles),
                            handles.livingPod());
        } catch (RuntimeException e) {
            throw handles.failure(step.attachment(), step.step().type(), e);
        }
    }

    /// Makes all attachments, moves the default routes to those that claim them, and puts the
    /// default network's before the others; the first failure ends it, and is for {@link Undo}.
    Outcome run(Handles handles) {
        List<CniResult> steps = new ArrayList<>();
        List<AttachedNetwork> networks = new ArrayList<>();
        for (List<BoundStep<?>> chain : chains) {
            Optional<CniResult> previous = before(chain);
            Optional<DeviceInfo> device = Optional.empty();
            AttachmentDevice file = device(chain);
            file.offer();
            for (BoundStep<?> step : chain) {
                Attached attached = add(step, previous, file.ofChain(), handles);
                previous = Optional.of(attached.result());
                device = attached.device().isPresent() ? attached.device() : device;
                steps.add(attached.result());
            }
            networks.add(
                    new AttachedNetwork(
                            chain.getFirst().attachment(),
                            previous.orElse(CniResult.EMPTY),
                            device.isPresent() ? device : file.ofChain()));
        }
        List<AttachedNetwork> settled = DefaultRoutes.settle(networks, handles);
        DefaultNetworkFirst.settle(settled, handles);
        return new Outcome(steps, networks, complaints()).with(settled);
    }

    private List<Complaint> complaints() {
        return chains.stream()
                .flatMap(List::stream)
                .flatMap(step -> step.complaints().stream())
                .toList();
    }

    private <C extends Record> Attached add(
            BoundStep<C> step,
            Optional<CniResult> previous,
            Optional<DeviceInfo> device,
            Handles handles) {
        handles.refuseLate(step.attachment());
        try {
            return step.delegate()
                    .add(
                            new StepAttachment<>(plan, step, previous, device, handles),
                            handles.livingPod());
        } catch (RuntimeException e) {
            throw handles.failure(step.attachment(), step.step().type(), e);
        }
    }

    /// Compares each attachment with its final result.
    void check(List<CniResult> results, Handles handles) {
        chains.forEach(chain -> check(chain, results, handles));
    }

    /// Compares them too, each by itself: one that is not as it was left hides no other.
    List<CheckedNetwork> checkEach(List<CniResult> results, Handles handles) {
        List<CheckedNetwork> checked = new ArrayList<>();
        for (List<BoundStep<?>> chain : chains) {
            PlannedAttachment attachment = chain.getFirst().attachment();
            Optional<CniException> failure = Optional.empty();
            try {
                handles.refuseLate(attachment);
                check(chain, results, handles);
            } catch (CniException e) {
                failure = Optional.of(e);
            }
            checked.add(new CheckedNetwork(attachment, failure));
        }
        return checked;
    }

    private void check(List<BoundStep<?>> chain, List<CniResult> results, Handles handles) {
        if (chain.getFirst().attachment().disableCheck()) {
            return;
        }
        CniResult last = results.get(chain.getLast().step().position());
        Optional<DeviceInfo> device = device(chain).ofChain();
        for (BoundStep<?> step : chain) {
            check(step, last, device, handles);
        }
    }

    private <C extends Record> void check(
            BoundStep<C> step, CniResult last, Optional<DeviceInfo> device, Handles handles) {
        try {
            step.addresses().ifPresent(source -> source.check(step.attachment().id(), last));
            step.delegate()
                    .check(
                            new StepAttachment<>(plan, step, Optional.of(last), device, handles),
                            handles.livingPod());
        } catch (RuntimeException e) {
            throw handles.failure(step.attachment(), step.step().type(), e);
        }
    }
}
