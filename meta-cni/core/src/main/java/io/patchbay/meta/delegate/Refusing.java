package io.patchbay.meta.delegate;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Netns;
import java.util.Optional;
import java.util.Set;

/// A delegate that cannot work, and says why: 50 on STATUS, and the code of the cause otherwise. A
/// DEL is refused as well, so that the core keeps it until the delegate works again; that of a
/// sandbox the core does not know is not, for nobody knows whether it is this delegate's.
record Refusing<C extends Record>(Standard code, String sentence) implements Delegate<C> {
    @Override
    public void probe(Attachment<C> attachment, Netns pod) {
        throw refusal(code);
    }

    @Override
    public Attached add(Attachment<C> attachment, Netns pod) {
        throw refusal(code);
    }

    @Override
    public void check(Attachment<C> attachment, Netns pod) {
        throw refusal(code);
    }

    @Override
    public void del(Detachment<C> detachment, Optional<Netns> pod) {
        throw refusal(code);
    }

    @Override
    public void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {
        throw refusal(code);
    }

    @Override
    public void status(NetworkConfig<C> network) {
        throw refusal(Standard.UNAVAILABLE);
    }

    private CniException refusal(Standard value) {
        return new CniException(value, sentence);
    }
}
