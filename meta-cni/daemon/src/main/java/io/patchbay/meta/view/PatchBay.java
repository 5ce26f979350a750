package io.patchbay.meta.view;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.plan.AttachmentPlan;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// The patch bay of a node. It looks into the namespaces that a journal names, and changes nothing;
/// where the kernel does not show itself, it tells what the journal has.
public final class PatchBay {
    private final Kernel kernel;
    private final Duration limit;

    /// @param limit how long one pod is looked at; what hangs is left behind on a thread of its own
    public PatchBay(Kernel kernel, Duration limit) {
        this.kernel = kernel;
        this.limit = limit;
    }

    public List<SandboxView> look(List<Sandbox> sandboxes) {
        Node node = new Node();
        return sandboxes.stream().map(sandbox -> look(sandbox, node)).toList();
    }

    /// Read when the first pod needs it.
    private final class Node {
        private Optional<NodeSide> read = Optional.empty();

        synchronized NodeSide get() {
            if (read.isEmpty()) {
                read = Optional.of(NodeSide.read(kernel));
            }
            return read.get();
        }
    }

    private SandboxView look(Sandbox sandbox, Node node) {
        FutureTask<SandboxView> look = new FutureTask<>(() -> seen(sandbox, node));
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("look at " + sandbox.plan().containerId())
                        .start(look);
        try {
            return look.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return unseen(
                    sandbox,
                    "%s did not show itself within %d ms"
                            .formatted(sandbox.plan().netns(), limit.toMillis()));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return unseen(sandbox, "nobody waited for " + sandbox.plan().netns());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KernelException failure) {
                return unseen(sandbox, reason(sandbox.plan(), failure));
            }
            throw new IllegalStateException("a pod cannot be looked at", e.getCause());
        }
    }

    private static String reason(AttachmentPlan plan, KernelException failure) {
        return failure.isAbsent() || failure.errno() == KernelException.EINVAL
                ? "the namespace %s is gone".formatted(plan.netns())
                : String.valueOf(failure.getMessage());
    }

    private SandboxView seen(Sandbox sandbox, Node node) {
        AttachmentPlan plan = sandbox.plan();
        try (OpenNetns pod = kernel.open(plan.netns())) {
            if (pod.inode() != plan.netnsInode()) {
                return unseen(
                        sandbox,
                        "the namespace is gone: another one is at %s by now"
                                .formatted(plan.netns()));
            }
            var side = PodSide.read(pod.rtnl());
            return view(
                    sandbox,
                    Optional.empty(),
                    attachment ->
                            new Attached(sandbox, attachment, result(sandbox, attachment))
                                    .in(side, node.get()));
        }
    }

    private static SandboxView unseen(Sandbox sandbox, String reason) {
        return view(
                sandbox,
                Optional.of(reason),
                attachment ->
                        new Attached(sandbox, attachment, result(sandbox, attachment)).unseen());
    }

    private static SandboxView view(
            Sandbox sandbox,
            Optional<String> unseen,
            Function<PlannedAttachment, AttachmentView> look) {
        return new SandboxView(
                sandbox, unseen, sandbox.plan().attachments().stream().map(look).toList());
    }

    /// What the chain's last plugin returned.
    private static CniResult result(Sandbox sandbox, PlannedAttachment attachment) {
        return sandbox.results()
                .map(steps -> steps.get(attachment.steps().getLast().position()))
                .orElse(CniResult.EMPTY);
    }
}
