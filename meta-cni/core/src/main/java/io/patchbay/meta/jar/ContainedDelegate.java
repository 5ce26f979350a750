package io.patchbay.meta.jar;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A third party's delegate, of which no call takes anything with it.
record ContainedDelegate<C extends Record>(Delegate<C> whole, Calls calls) implements Delegate<C> {
    @Override
    public void start() {
        calls.run(Verb.START, whole::start);
    }

    @Override
    public void probe(Attachment<C> attachment, Netns pod) {
        calls.run(
                Verb.PROBE,
                attachment.id().containerId(),
                attachment.deadline(),
                () -> whole.probe(attachment, pod));
    }

    @Override
    public Attached add(Attachment<C> attachment, Netns pod) {
        return calls.get(
                Verb.ADD,
                attachment.id().containerId(),
                attachment.deadline(),
                () -> Objects.requireNonNull(whole.add(attachment, pod), "add returned null"));
    }

    @Override
    public void check(Attachment<C> attachment, Netns pod) {
        calls.run(
                Verb.CHECK,
                attachment.id().containerId(),
                attachment.deadline(),
                () -> whole.check(attachment, pod));
    }

    @Override
    public void del(Detachment<C> detachment, Optional<Netns> pod) {
        calls.run(
                Verb.DEL,
                detachment.id().containerId(),
                detachment.deadline(),
                () -> whole.del(detachment, pod));
    }

    @Override
    public void delInherited(String containerId, Optional<Netns> pod, Instant deadline) {
        calls.run(
                Verb.DEL,
                containerId,
                deadline,
                () -> whole.delInherited(containerId, pod, deadline));
    }

    @Override
    public boolean inherits(String containerId) {
        return calls.get(Verb.CHECK, () -> whole.inherits(containerId));
    }

    @Override
    public void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {
        calls.run(Verb.GC, () -> whole.gc(network, valid));
    }

    @Override
    public void status(NetworkConfig<C> network) {
        calls.run(Verb.STATUS, () -> whole.status(network));
    }

    @Override
    public Optional<AddressSource<?>> addresses() {
        Optional<AddressSource<?>> offered =
                calls.get(
                        Verb.CREATE,
                        () ->
                                Objects.requireNonNull(
                                        whole.addresses(), "addresses() returned null"));
        return offered.map(source -> contained(source));
    }

    private <S extends Record> AddressSource<S> contained(AddressSource<S> source) {
        return new ContainedSource<>(source, calls);
    }

    @Override
    public List<Table> tables() {
        return calls.get(Verb.TABLES, () -> List.copyOf(whole.tables()));
    }

    @Override
    public void close() {
        calls.close(whole::close);
    }
}
