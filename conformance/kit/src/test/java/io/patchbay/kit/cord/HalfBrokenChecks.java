package io.patchbay.kit.cord;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;

/// What breaks half of a rule by its CHECK.
final class HalfBrokenChecks {
    private HalfBrokenChecks() {}

    /// Finds everything, and keeps it to itself.
    static final class Vague extends CordDelegate<CordConfig> {
        Vague(DelegateContext context) {
            super(context);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            try {
                super.check(attachment, pod);
            } catch (CniException e) {
                CniException vague = CniException.changed("something is not what it was");
                vague.addSuppressed(e);
                throw vague;
            }
        }
    }

    /// Notes each CHECK until the DEL.
    static final class Bookkeeping extends CordDelegate<CordConfig> {
        Bookkeeping(DelegateContext context) {
            super(context);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            super.check(attachment, pod);
            notes.write("checked," + key(attachment.id()), new Sources(attachment.id(), List.of()));
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            super.del(detachment, pod);
            notes.erase("checked," + key(detachment.id()));
        }
    }

    /// Finds fault with some pods.
    static final class Suspicious extends CordDelegate<CordConfig> {
        private final String pods;

        Suspicious(DelegateContext context, String pods) {
            super(context);
            this.pods = pods;
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            super.check(attachment, pod);
            if (attachment.id().containerId().startsWith(pods)) {
                throw CniException.changed(attachment.id() + " looks odd");
            }
        }
    }
}
