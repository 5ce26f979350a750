package io.patchbay.meta.attach;

import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.delegate.Binding;
import io.patchbay.meta.delegate.BoundStep;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Undoes what nobody remembers: DEL for sandboxes that are not valid any more, and then each
/// network's own collection for what no journal knows. The caller holds all calls off.
final class Collecting {
    private static final Duration EACH = Duration.ofSeconds(30);

    private final Detaching detaching;
    private final Binding binding;
    private final SandboxJournal journal;
    private final InstantSource clock;

    Collecting(Detaching detaching, Binding binding, SandboxJournal journal, InstantSource clock) {
        this.detaching = detaching;
        this.binding = binding;
        this.journal = journal;
        this.clock = clock;
    }

    /// Keeps the sandboxes that are valid; a failure does not stop it.
    Failures undoAllBut(Predicate<Sandbox> valid) {
        Failures failures = new Failures();
        for (Sandbox sandbox : journal.all()) {
            failures.attempt(() -> {
                if (!valid.test(sandbox)) {
                    detaching.detach(sandbox, Optional.empty(), soon());
                }
            });
        }
        return failures;
    }

    private Instant soon() {
        return clock.instant().plus(EACH);
    }

    /// Whether the sandbox is whole and its namespace lives.
    boolean isAlive(Sandbox sandbox) {
        if (!sandbox.isWhole()) {
            return false;
        }
        Optional<OpenNetns> living = detaching.find(sandbox.plan());
        living.ifPresent(OpenNetns::close);
        return living.isPresent();
    }

    /// Lets each network's delegates and address sources drop what belongs to no sandbox, unless
    /// the network is shared with others and so forbids it.
    void sweep(List<PlannedAttachment> networks, Set<AttachmentId> others, Failures failures) {
        for (PlannedAttachment network : networks) {
            if (network.disableGc()) {
                continue;
            }
            Set<AttachmentId> valid = validOn(network.id().network(), others);
            for (PlannedStep step : network.steps()) {
                failures.attempt(() -> sweep(binding.bind(network, step, ""), valid, failures));
            }
        }
    }

    private Set<AttachmentId> validOn(String network, Set<AttachmentId> others) {
        return Stream.concat(
                        others.stream(),
                        journal.all().stream()
                                .flatMap(sandbox -> sandbox.plan().attachments().stream())
                                .map(PlannedAttachment::id))
                .filter(id -> id.network().equals(network))
                .collect(Collectors.toSet());
    }

    private static <C extends Record> void sweep(
            BoundStep<C> step, Set<AttachmentId> valid, Failures failures) {
        String network = step.attachment().id().network();
        step.config()
                .map(config -> new NetworkConfig<>(network, config))
                .ifPresent(config -> failures.attempt(() -> step.delegate().gc(config, valid)));
        step.addresses().ifPresent(source -> failures.attempt(() -> source.gc(network, valid)));
    }
}
