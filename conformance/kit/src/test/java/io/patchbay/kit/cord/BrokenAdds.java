package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Change.AddAddress;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteLink;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Delegates that break one rule of the group ADD each.
final class BrokenAdds {
    static final Map<Integer, Function<DelegateContext, CordDelegate<CordConfig>>> BY_RULE =
            Map.of(
                    301, Refusing::new,
                    302, WrongMac::new,
                    303, UntoldAddress::new,
                    304, InventedRoute::new,
                    305, WithoutGroup::new,
                    306, AnyIndex::new,
                    307, BusyProbe::new,
                    308, ShrunkPanel::new,
                    309, KeyedByContainer::new);

    private BrokenAdds() {}

    private static final class Refusing extends CordDelegate<CordConfig> {
        Refusing(DelegateContext context) {
            super(context);
        }

        @Override
        public Attached add(Attachment<CordConfig> attachment, Netns pod) {
            throw CniException.invalidConfig("cords are sold out: come back tomorrow");
        }
    }

    private static final class WrongMac extends CordDelegate<CordConfig> {
        WrongMac(DelegateContext context) {
            super(context);
        }

        @Override
        CniResult result(LeasedLink link, Interface inPod) {
            MacAddress wrong = MacAddress.parse("02:00:00:00:00:99");
            return super.result(
                    link, Interface.inSandbox(inPod.name(), wrong, inPod.mtu(), inPod.sandbox()));
        }
    }

    private static final class UntoldAddress extends CordDelegate<CordConfig> {
        UntoldAddress(DelegateContext context) {
            super(context);
        }

        @Override
        void configure(LeasedLink link, Netns pod) {
            super.configure(link, pod);
            pod.rtnl().apply(new AddAddress(link.index(), Cidr.parse("198.51.100.1/32")));
        }
    }

    private static final class InventedRoute extends CordDelegate<CordConfig> {
        private static final CniResult.Route INVENTED =
                CniResult.Route.of(Cidr.parse("198.51.100.0/24"), Optional.empty());

        InventedRoute(DelegateContext context) {
            super(context);
        }

        @Override
        CniResult result(LeasedLink link, Interface inPod) {
            CniResult truth = super.result(link, inPod);
            return new CniResult(truth.interfaces(), truth.ips(), List.of(INVENTED), truth.dns());
        }

        @Override
        void check(Attachment<CordConfig> attachment, Netns pod, CniResult result) {
            super.check(
                    attachment,
                    pod,
                    new CniResult(result.interfaces(), result.ips(), List.of(), result.dns()));
        }
    }

    private static final class WithoutGroup extends CordDelegate<CordConfig> {
        WithoutGroup(DelegateContext context) {
            super(context);
        }

        @Override
        void plug(Attachment<CordConfig> attachment, Link panel, Netns pod, MacAddress mac) {
            Veth pair = pair(attachment, panel, pod, mac);
            attachment
                    .host()
                    .rtnl()
                    .apply(new CreateLink(new Veth(pair.head().group(0), pair.peer())));
        }

        /// The core deletes a group, and the kernel a pair whose one end is gone: some time later.
        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            super.del(detachment, pod);
            detachment
                    .host()
                    .rtnl()
                    .find(detachment.ifindex(0))
                    .ifPresent(
                            near -> detachment.host().rtnl().apply(new DeleteLink(near.index())));
        }
    }

    private static final class AnyIndex extends CordDelegate<CordConfig> {
        AnyIndex(DelegateContext context) {
            super(context);
        }

        @Override
        void plug(Attachment<CordConfig> attachment, Link panel, Netns pod, MacAddress mac) {
            Veth pair = pair(attachment, panel, pod, mac);
            Head far = pair.peer().index(0);
            attachment.host().rtnl().apply(new CreateLink(new Veth(pair.head(), far)));
        }

        @Override
        int podIndex(Attachment<CordConfig> attachment, Netns pod) {
            return pod.rtnl()
                    .find(attachment.id().ifName())
                    .map(Link::index)
                    .orElseThrow(() ->
                            CniException.changed(attachment.id().ifName() + " is not in the pod"));
        }
    }

    /// What it does in a probe is undone by its DEL, which a refused ADD never gets.
    private static final class BusyProbe extends CordDelegate<CordConfig> {
        BusyProbe(DelegateContext context) {
            super(context);
        }

        @Override
        public void probe(Attachment<CordConfig> attachment, Netns pod) {
            rule(attachment.host(), List.of(own(attachment.ifindex(0))));
        }

        private static Cidr own(int ifindex) {
            int number = ifindex / 8;
            return Cidr.parse("198.18.%d.%d/32".formatted(number >> 8 & 255, number & 255));
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            super.del(detachment, pod);
            List<Cidr> probed = List.of(own(detachment.ifindex(0)));
            unrule(detachment.host(), new Sources(detachment.id(), probed));
        }

        @Override
        public void gc(NetworkConfig<CordConfig> network, Set<AttachmentId> valid) {
            super.gc(network, valid);
            context.host().rtnl().rules().stream()
                    .filter(rule -> valid.isEmpty() && rule.priority() == PRIORITY)
                    .forEach(rule -> context.host().rtnl().apply(new DeleteRule(rule)));
        }
    }

    private static final class ShrunkPanel extends CordDelegate<CordConfig> {
        ShrunkPanel(DelegateContext context) {
            super(context);
        }

        @Override
        void plug(Attachment<CordConfig> attachment, Link panel, Netns pod, MacAddress mac) {
            super.plug(attachment, panel, pod, mac);
            attachment.host().rtnl().apply(new SetMtu(panel.index(), 1280));
        }
    }

    private static final class KeyedByContainer extends CordDelegate<CordConfig> {
        KeyedByContainer(DelegateContext context) {
            super(context);
        }

        @Override
        String key(AttachmentId id) {
            return id.containerId();
        }
    }
}
