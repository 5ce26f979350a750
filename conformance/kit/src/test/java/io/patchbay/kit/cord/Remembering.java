package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.Journal;
import io.patchbay.spi.net.Netns;
import java.util.Optional;

/// Keeps every rule, and knows where its pods are, which tempts those that extend it.
abstract class Remembering extends CordDelegate<CordConfig> {
    final Journal<Scribble> pods;

    Remembering(DelegateContext context) {
        super(context);
        pods = context.journal("pods", Scribble.class);
    }

    @Override
    public Attached add(Attachment<CordConfig> attachment, Netns pod) {
        pods.write(key(attachment.id()), new Scribble(attachment.id(), pod.path()));
        return super.add(attachment, pod);
    }

    @Override
    public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
        super.del(detachment, pod);
        pods.erase(key(detachment.id()));
    }
}
