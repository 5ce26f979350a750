package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.LinkSpec.Bridge;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.Netns;

/// What breaks half of a rule when it is started, or before a pod comes.
final class BrokenStarts {
    private BrokenStarts() {}

    static final class LeakedThread extends CordDelegate<CordConfig> {
        LeakedThread(DelegateContext context) {
            super(context);
        }

        @Override
        public void start() {
            BrokenProviders.startLingering();
        }
    }

    static final class Scribbling extends Remembering {
        Scribbling(DelegateContext context) {
            super(context);
        }

        @Override
        public void start() {
            pods.all().values().forEach(Scribble::write);
        }
    }

    /// Makes the bridge where there is none, and says that it cannot.
    static final class Gloomy extends CordDelegate<CordConfig> {
        Gloomy(DelegateContext context) {
            super(context);
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            String panel = attachment.config().panel().orElseThrow();
            if (attachment.host().rtnl().find(panel).isEmpty()) {
                attachment.host().rtnl().apply(new CreateLink(new Bridge(Head.named(panel))));
            }
            return super.add(attachment, pod);
        }
    }
}
