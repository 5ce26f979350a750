package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// What breaks half of a rule by its ADD.
final class HalfBrokenAdds {
    private HalfBrokenAdds() {}

    static final class WrongMtu extends CordDelegate<CordConfig> {
        WrongMtu(DelegateContext context) {
            super(context);
        }

        @Override
        CniResult result(LeasedLink link, Interface inPod) {
            MacAddress mac = inPod.mac().orElseThrow();
            return super.result(
                    link, Interface.inSandbox(inPod.name(), mac, 1400, inPod.sandbox()));
        }
    }

    static final class IndexBehind extends CordDelegate<CordConfig> {
        private static final int RESERVED = 1024;

        IndexBehind(DelegateContext context) {
            super(context);
        }

        @Override
        void plug(Attachment<CordConfig> attachment, Link panel, Netns pod, MacAddress mac) {
            Veth pair = pair(attachment, panel, pod, mac);
            Veth behind = new Veth(pair.head(), pair.peer().index(podIndex(attachment, pod)));
            attachment.host().rtnl().apply(new CreateLink(behind));
        }

        @Override
        int podIndex(Attachment<CordConfig> attachment, Netns pod) {
            return attachment.ifindex(0) + RESERVED;
        }
    }

    static final class ScribblingProbe extends CordDelegate<CordConfig> {
        ScribblingProbe(DelegateContext context) {
            super(context);
        }

        @Override
        public void probe(Attachment<CordConfig> attachment, Netns pod) {
            Scribble.in(pod.path());
        }
    }

    /// Refuses the second network of a pod, too late.
    static final class ScribblingRefusal extends OneOfAPod {
        ScribblingRefusal(DelegateContext context) {
            super(context);
        }

        @Override
        void refuse(Netns pod) {
            Scribble.in(pod.path());
            super.refuse(pod);
        }
    }

    /// Refuses the second network of a pod, and fails the DEL that the core runs for that.
    static final class LateUndo extends OneOfAPod {
        private final AtomicBoolean failed = new AtomicBoolean();

        LateUndo(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            if (detachment.id().ifName().equals("net1") && !failed.getAndSet(true)) {
                throw CniException.tryAgain("the cord is stuck");
            }
            super.del(detachment, pod);
        }
    }

    /// Gives each pod an address that all others have too.
    static final class Twins extends CordDelegate<CordConfig> {
        Twins(DelegateContext context) {
            super(context);
        }

        @Override
        Lease acquire(Attachment<CordConfig> attachment) {
            CniResult.Ip always =
                    new CniResult.Ip(
                            Cidr.parse("198.51.100.5/32"), Optional.empty(), OptionalInt.empty());
            Lease lease = super.acquire(attachment);
            List<CniResult.Ip> ips =
                    Stream.concat(lease.ips().stream(), Stream.of(always)).toList();
            return new Lease(ips, lease.routes(), lease.dns());
        }

        @Override
        void noteAndRule(Attachment<CordConfig> attachment, List<Cidr> sources) {}
    }

    static final class Scribbling extends CordDelegate<CordConfig> {
        Scribbling(DelegateContext context) {
            super(context);
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            Scribble.in(pod.path());
            return super.add(attachment, pod);
        }
    }

    /// Notes that it tries, and strikes that out when it worked.
    static final class Foretelling extends CordDelegate<CordConfig> {
        Foretelling(DelegateContext context) {
            super(context);
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            String key = "tried," + key(attachment.id());
            notes.write(key, new Sources(attachment.id(), List.of()));
            Attached attached = super.add(attachment, pod);
            notes.erase(key);
            return attached;
        }
    }
}
