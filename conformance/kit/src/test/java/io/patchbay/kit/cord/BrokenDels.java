package io.patchbay.kit.cord;

import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Change.DeleteLink;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Delegates that break one rule of the groups DEL and GC each.
final class BrokenDels {
    static final Map<Integer, Function<DelegateContext, CordDelegate<CordConfig>>> BY_RULE =
            Map.ofEntries(
                    Map.entry(501, Lazy::new),
                    Map.entry(502, OnlyOnce::new),
                    Map.entry(503, OnlyAfterAdd::new),
                    Map.entry(504, OnlyInLivingPods::new),
                    Map.entry(505, OnlyWithConfig::new),
                    Map.entry(506, Greedy::new),
                    Map.entry(507, ByName::new),
                    Map.entry(508, OnlyItsOwnLinks::new),
                    Map.entry(601, Sweeping::new),
                    Map.entry(602, Keeping::new),
                    Map.entry(603, Counting::new));

    private BrokenDels() {}

    private static void demand(Optional<?> needed) {
        if (needed.isEmpty()) {
            throw new IllegalStateException("something that a DEL cannot count on is not there");
        }
    }

    private static final class Lazy extends CordDelegate<CordConfig> {
        Lazy(DelegateContext context) {
            super(context);
        }

        @Override
        void unrule(Netns host, Sources note) {}
    }

    private static final class OnlyOnce extends CordDelegate<CordConfig> {
        OnlyOnce(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            if (detachment.result().isPresent()) {
                demand(notes.find(key(detachment.id())));
            }
            super.del(detachment, pod);
        }
    }

    private static final class OnlyAfterAdd extends CordDelegate<CordConfig> {
        OnlyAfterAdd(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            if (detachment.result().isEmpty()) {
                demand(notes.find(key(detachment.id())));
            }
            super.del(detachment, pod);
        }
    }

    private static final class OnlyInLivingPods extends CordDelegate<CordConfig> {
        OnlyInLivingPods(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            demand(pod);
            super.del(detachment, pod);
        }
    }

    private static final class OnlyWithConfig extends CordDelegate<CordConfig> {
        OnlyWithConfig(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            demand(detachment.config());
            super.del(detachment, pod);
        }
    }

    private static final class Greedy extends CordDelegate<CordConfig> {
        Greedy(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            notes.all().keySet().forEach(key -> remove(detachment.host(), key));
        }
    }

    private static final class ByName extends CordDelegate<CordConfig> {
        ByName(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            super.del(detachment, pod);
            pod.ifPresent(netns ->
                    netns.rtnl()
                            .find(detachment.id().ifName())
                            .ifPresent(link -> netns.rtnl().apply(new DeleteLink(link.index()))));
        }
    }

    private static final class OnlyItsOwnLinks extends CordDelegate<CordConfig> {
        OnlyItsOwnLinks(DelegateContext context) {
            super(context);
        }

        @Override
        public void del(Detachment<CordConfig> detachment, Optional<Netns> pod) {
            if (pod.isPresent()
                    && notes.find(key(detachment.id())).isPresent()
                    && detachment.result().isPresent()) {
                demand(detachment.host().rtnl().find(detachment.ifindex(0)));
            }
            super.del(detachment, pod);
        }
    }

    private static final class Sweeping extends CordDelegate<CordConfig> {
        Sweeping(DelegateContext context) {
            super(context);
        }

        @Override
        public void gc(NetworkConfig<CordConfig> network, Set<AttachmentId> valid) {
            super.gc(network, Set.of());
        }
    }

    private static final class Keeping extends CordDelegate<CordConfig> {
        Keeping(DelegateContext context) {
            super(context);
        }

        @Override
        public void gc(NetworkConfig<CordConfig> network, Set<AttachmentId> valid) {}
    }

    private static final class Counting extends CordDelegate<CordConfig> {
        Counting(DelegateContext context) {
            super(context);
        }

        @Override
        public void gc(NetworkConfig<CordConfig> network, Set<AttachmentId> valid) {
            if (notes.all().isEmpty()) {
                notes.write("gc", new Sources(new AttachmentId("gc", "none", "none"), List.of()));
            }
            super.gc(network, valid);
        }
    }
}
