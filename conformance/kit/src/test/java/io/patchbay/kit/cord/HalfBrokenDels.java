package io.patchbay.kit.cord;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What breaks half of a rule by its DEL or GC.
final class HalfBrokenDels {
    private HalfBrokenDels() {}

    static final class Scribbling extends CordDelegate<CordConfig> {
        Scribbling(DelegateContext context) {
            super(context);
        }

        @Override
        void configure(LeasedLink link, Netns pod) {
            super.configure(link, pod);
            Scribble.in(pod.path());
        }
    }

    /// Leaves a note of some pods: of those whose id is of this pattern.
    static final class Littering extends CordDelegate<CordConfig> {
        private final String pods;

        Littering(DelegateContext context, String pods) {
            super(context);
            this.pods = pods;
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            super.del(detachment, pod);
            if (detachment.id().containerId().matches(pods)) {
                String key = "gone," + key(detachment.id());
                notes.write(key, new Sources(detachment.id(), List.of()));
            }
        }
    }

    static final class IdleWithoutPod extends CordDelegate<CordConfig> {
        IdleWithoutPod(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            if (pod.isPresent()) {
                super.del(detachment, pod);
            }
        }
    }

    static final class IdleWithoutConfig extends CordDelegate<CordConfig> {
        IdleWithoutConfig(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            if (detachment.config().isPresent()) {
                super.del(detachment, pod);
            }
        }
    }

    static final class Neighbourly extends Remembering {
        Neighbourly(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            super.del(detachment, pod);
            pods.all().values().forEach(Scribble::write);
        }
    }

    static final class ScribblingGc extends Remembering {
        ScribblingGc(DelegateContext context) {
            super(context);
        }

        @Override
        public void gc(NetworkConfig<CordConfig> network, Set<AttachmentId> valid) {
            super.gc(network, valid);
            pods.all().values().stream()
                    .filter(living -> valid.contains(living.id()))
                    .forEach(Scribble::write);
        }
    }

    static final class ForgetfulGc extends CordDelegate<CordConfig> {
        private final Set<AttachmentId> forgotten = ConcurrentHashMap.newKeySet();

        ForgetfulGc(DelegateContext context) {
            super(context);
        }

        @Override
        public void gc(NetworkConfig<CordConfig> network, Set<AttachmentId> valid) {
            super.gc(network, valid);
            forgotten.addAll(valid);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            super.check(attachment, pod);
            if (forgotten.contains(attachment.id())) {
                throw CniException.changed(attachment.id() + " was never made");
            }
        }
    }
}
