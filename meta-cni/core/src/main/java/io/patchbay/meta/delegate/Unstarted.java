package io.patchbay.meta.delegate;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A delegate whose start failed: it makes nothing, and undoes what an earlier process made.
record Unstarted<C extends Record>(Delegate<C> delegate, String sentence) implements Delegate<C> {
    @Override
    public void probe(Attachment<C> attachment, Netns pod) {
        throw refusal();
    }

    @Override
    public Attached add(Attachment<C> attachment, Netns pod) {
        throw refusal();
    }

    @Override
    public void check(Attachment<C> attachment, Netns pod) {
        delegate.check(attachment, pod);
    }

    @Override
    public void del(Detachment<C> detachment, Optional<Netns> pod) {
        delegate.del(detachment, pod);
    }

    @Override
    public void delInherited(String containerId, Optional<Netns> pod, Instant deadline) {
        delegate.delInherited(containerId, pod, deadline);
    }

    @Override
    public boolean inherits(String containerId) {
        return delegate.inherits(containerId);
    }

    @Override
    public void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {
        delegate.gc(network, valid);
    }

    @Override
    public void status(NetworkConfig<C> network) {
        throw refusal();
    }

    @Override
    public List<Table> tables() {
        return delegate.tables();
    }

    private CniException refusal() {
        return new CniException(Standard.UNAVAILABLE, sentence);
    }
}
