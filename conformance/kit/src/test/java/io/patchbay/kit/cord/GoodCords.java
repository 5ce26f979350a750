package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.List;

/// Delegates that keep every rule in other ways than {@link CordDelegate} does.
public enum GoodCords {
    MAKES_BY_AND_BY_WHAT_ALL_PODS_SHARE,
    TELLS_A_LINK_OF_THE_NODE_TOO,
    REFUSES_THE_SECOND_NETWORK_OF_A_POD;

    public DelegateProvider<?> provider() {
        return CordProvider.of(
                switch (this) {
                    case MAKES_BY_AND_BY_WHAT_ALL_PODS_SHARE -> Sharing::new;
                    case TELLS_A_LINK_OF_THE_NODE_TOO -> Telling::new;
                    case REFUSES_THE_SECOND_NETWORK_OF_A_POD -> OneOfAPod::new;
                });
    }

    /// Makes one thing at its start, one for the first pod, one at the start after that, and the
    /// last for the first pod of all that follow.
    private static final class Sharing extends CordDelegate<CordConfig> {
        private static final Cidr AT_START = Cidr.parse("198.18.0.1/32");
        private static final Cidr FOR_PODS = Cidr.parse("198.18.0.2/32");
        private static final Cidr AT_RESTART = Cidr.parse("198.18.0.3/32");
        private static final Cidr AFTER_RESTART = Cidr.parse("198.18.0.4/32");

        Sharing(DelegateContext context) {
            super(context);
        }

        @Override
        public void start() {
            make(AT_START);
            if (isMade(FOR_PODS)) {
                make(AT_RESTART);
            }
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            make(FOR_PODS);
            if (isMade(AT_RESTART)) {
                make(AFTER_RESTART);
            }
            return super.add(attachment, pod);
        }

        private synchronized void make(Cidr shared) {
            if (!isMade(shared)) {
                rule(context.host(), List.of(shared));
            }
        }

        private boolean isMade(Cidr shared) {
            return context.host().rtnl().rules().contains(rule(shared));
        }
    }

    private static final class Telling extends CordDelegate<CordConfig> {
        Telling(DelegateContext context) {
            super(context);
        }

        @Override
        CniResult result(LeasedLink link, Interface inPod) {
            MacAddress panel = MacAddress.parse("02:00:00:00:77:01");
            return link.result(List.of(inPod, Interface.onHost("panel0", panel, 1500)));
        }
    }
}
