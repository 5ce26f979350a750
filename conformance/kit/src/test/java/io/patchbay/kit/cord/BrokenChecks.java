package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Delegates that break one rule of the group CHECK each.
final class BrokenChecks {
    static final Map<Integer, Function<DelegateContext, CordDelegate<CordConfig>>> BY_RULE =
            Map.of(
                    401, Suspicious::new,
                    402, BlindForLinks::new,
                    403, BlindForIpv6::new,
                    404, BlindForRoutes::new,
                    405, Meddling::new,
                    406, Forgetful::new,
                    407, Pedantic::new);

    private BrokenChecks() {}

    private static final class Suspicious extends CordDelegate<CordConfig> {
        Suspicious(DelegateContext context) {
            super(context);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            throw CniException.changed("something may have changed");
        }
    }

    private static final class BlindForLinks extends CordDelegate<CordConfig> {
        BlindForLinks(DelegateContext context) {
            super(context);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            if (pod.rtnl().find(attachment.ifindex(1)).isPresent()) {
                super.check(attachment, pod);
            }
        }
    }

    private static final class BlindForIpv6 extends CordDelegate<CordConfig> {
        BlindForIpv6(DelegateContext context) {
            super(context);
        }

        @Override
        void check(Attachment<CordConfig> attachment, Netns pod, CniResult result) {
            List<CniResult.Ip> seen =
                    result.ips().stream().filter(ip -> !ip.address().isIpv6()).toList();
            super.check(
                    attachment,
                    pod,
                    new CniResult(result.interfaces(), seen, result.routes(), result.dns()));
        }
    }

    private static final class BlindForRoutes extends CordDelegate<CordConfig> {
        BlindForRoutes(DelegateContext context) {
            super(context);
        }

        @Override
        void check(Attachment<CordConfig> attachment, Netns pod, CniResult result) {
            super.check(
                    attachment,
                    pod,
                    new CniResult(result.interfaces(), result.ips(), List.of(), result.dns()));
        }
    }

    private static final class Meddling extends CordDelegate<CordConfig> {
        Meddling(DelegateContext context) {
            super(context);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            super.check(attachment, pod);
            pod.rtnl().apply(new SetMtu(attachment.ifindex(1), 1400));
        }
    }

    private static final class Forgetful extends CordDelegate<CordConfig> {
        private final Set<AttachmentId> made = ConcurrentHashMap.newKeySet();

        Forgetful(DelegateContext context) {
            super(context);
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            made.add(attachment.id());
            return super.add(attachment, pod);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            super.check(attachment, pod);
            if (!made.contains(attachment.id())) {
                throw CniException.changed(attachment.id() + " was never made");
            }
        }
    }

    private static final class Pedantic extends CordDelegate<CordConfig> {
        Pedantic(DelegateContext context) {
            super(context);
        }

        @Override
        public void check(Attachment<CordConfig> attachment, Netns pod) {
            super.check(attachment, pod);
            int mtu = pod.rtnl().find(attachment.ifindex(1)).orElseThrow().mtu();
            if (mtu != 1500) {
                throw CniException.changed("the MTU should be 1500, and is " + mtu);
            }
        }
    }
}
