package io.patchbay.meta.run;

import io.patchbay.meta.attach.Attacher;
import io.patchbay.meta.attach.Failures;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.delegate.Delegates;
import io.patchbay.meta.multus.Inherited;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// All who may know a sandbox that was attached before this node was ours: Multus' cache, and every
/// delegate.
///
/// @param attacher keeps calls for one container apart
record Heirs(Inherited cache, Delegates delegates, Attacher attacher) implements Inherited {
    /// The binaries that attached go first, for the delegates give addresses back. All are called,
    /// whatever fails.
    @Override
    public void del(CniRequest call, Optional<Netns> pod, Instant deadline) {
        String container = call.containerId();
        Failures failures = new Failures();
        failures.attempt(() -> cache.del(call, pod, deadline));
        failures.attempt(() ->
                attacher.alone(
                        container, deadline, () -> delByDelegates(container, pod, deadline)));
        throwFirst(failures);
    }

    private void delByDelegates(String container, Optional<Netns> pod, Instant deadline) {
        Failures failures = new Failures();
        for (String type : delegates.types()) {
            delegates
                    .find(type)
                    .ifPresent(delegate ->
                            failures.attempt(() -> del(type, delegate, container, pod, deadline)));
        }
        throwFirst(failures);
    }

    private static void del(
            String type,
            Delegate<?> delegate,
            String container,
            Optional<Netns> pod,
            Instant deadline) {
        try {
            delegate.delInherited(container, pod, deadline);
        } catch (RuntimeException e) {
            throw placed(type, container, e);
        }
    }

    private static CniException placed(String type, String container, RuntimeException failure) {
        String place =
                "delegate %s, for container %s, which another program attached"
                        .formatted(type, container);
        if (failure instanceof CniException refusal) {
            CniException placed =
                    new CniException(
                            refusal.code(), place + ": " + refusal.getMessage(), refusal.details());
            placed.initCause(refusal);
            return placed;
        }
        return new CniException(
                Standard.INTERNAL, place + ", failed unexpectedly: " + failure, failure);
    }

    private static void throwFirst(Failures failures) {
        failures.thrown()
                .ifPresent(first -> {
                    throw first;
                });
    }

    @Override
    public boolean check(CniRequest call, Netns pod, Instant deadline) {
        return cache.check(call, pod, deadline) || isOfDelegate(call.containerId());
    }

    private boolean isOfDelegate(String container) {
        return delegates.types().stream()
                .flatMap(type -> delegates.find(type).stream())
                .anyMatch(delegate -> delegate.inherits(container));
    }

    /// A runtime tells the sandboxes of our network, and not those of another program's: a delegate
    /// gives up what it took over by itself, once the link is gone.
    @Override
    public void gc(CniRequest call, Predicate<String> valid, Instant deadline) {
        cache.gc(call, valid, deadline);
    }

    /// Those of delegates are in nobody else's files.
    @Override
    public Set<AttachmentId> attachments(CniRequest call) {
        return cache.attachments(call);
    }
}
