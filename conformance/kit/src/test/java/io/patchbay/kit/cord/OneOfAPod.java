package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Netns;

/// Keeps every rule, and refuses the second network of a pod.
class OneOfAPod extends CordDelegate<CordConfig> {
    OneOfAPod(DelegateContext context) {
        super(context);
    }

    @Override
    public Attached add(Attachment<CordConfig> attachment, Netns pod) {
        AttachmentId id = attachment.id();
        if (notes.all().values().stream()
                .anyMatch(note -> note.id().containerId().equals(id.containerId()))) {
            refuse(pod);
        }
        return super.add(attachment, pod);
    }

    void refuse(Netns pod) {
        throw CniException.invalidConfig(
                "the pod in \"%s\" has a cord already: ask for one".formatted(pod.path()));
    }
}
