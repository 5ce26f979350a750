package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.Journal;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.SetTransmitQueueLength;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.Optional;
import java.util.Set;

/// Gives a link that others made a queue of another length, and puts it back.
class BraidDelegate implements Delegate<BraidConfig> {
    private static final int LENGTH = 77;

    private final Journal<Before> notes;

    /// The queue that a link had.
    public record Before(AttachmentId id, int link, int length) {}

    BraidDelegate(DelegateContext context) {
        this.notes = context.journal("before", Before.class);
    }

    @Override
    public Attached add(Attachment<BraidConfig> attachment, Netns pod) {
        CniResult before = attachment.previous().orElseThrow();
        Link link = pod.rtnl().find(attachment.id().ifName()).orElseThrow();
        notes.write(
                attachment.id().noteKey(),
                new Before(attachment.id(), link.index(), link.settings().transmitQueueLength()));
        pod.rtnl().apply(new SetTransmitQueueLength(link.index(), LENGTH));
        return Attached.of(told(before));
    }

    CniResult told(CniResult before) {
        return before;
    }

    @Override
    public void check(Attachment<BraidConfig> attachment, Netns pod) {
        boolean braided =
                notes.find(attachment.id().noteKey())
                        .flatMap(note -> pod.rtnl().find(note.link()))
                        .filter(link -> link.settings().transmitQueueLength() == LENGTH)
                        .isPresent();
        if (!braided) {
            throw CniException.changed(
                    "%s should be braided, and is not".formatted(attachment.id()));
        }
    }

    @Override
    public void del(Detachment<BraidConfig> detachment, Optional<Netns> pod) {
        String key = detachment.id().noteKey();
        notes.find(key).ifPresent(note -> pod.ifPresent(netns -> restore(netns, note)));
        notes.erase(key);
    }

    void restore(Netns pod, Before note) {
        Change change = new SetTransmitQueueLength(note.link(), note.length());
        try {
            pod.rtnl().apply(change);
        } catch (KernelException e) {
            if (!e.isAbsent()) {
                throw e;
            }
        }
    }

    @Override
    public void gc(NetworkConfig<BraidConfig> network, Set<AttachmentId> valid) {
        notes.all()
                .forEach((key, note) -> {
                    if (note.id().network().equals(network.network())
                            && !valid.contains(note.id())) {
                        notes.erase(key);
                    }
                });
    }
}
