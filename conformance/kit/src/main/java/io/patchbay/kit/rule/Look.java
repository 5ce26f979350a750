package io.patchbay.kit.rule;

import io.patchbay.kit.snapshot.NetworkState;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.Spi;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Netns;
import java.util.Optional;

/// A plugin that changes nothing but the link's group, so that the link outlives the DEL of what
/// comes behind, and keeps what it saw of the pod before that, and after.
final class Look implements DelegateProvider<Look.Config> {
    static final String TYPE = "kit-look";

    private CniResult told = CniResult.EMPTY;
    private Optional<Snapshot> before = Optional.empty();
    private Optional<Snapshot> after = Optional.empty();

    record Config() {}

    CniResult told() {
        return told;
    }

    Snapshot before() {
        return before.orElseThrow();
    }

    Snapshot after() {
        return after.orElseThrow();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    private static Snapshot take(Netns pod) {
        return NetworkState.take("pod", Witness.in(pod.path()));
    }

    @Override
    public Delegate<Config> create(DelegateContext context) {
        return new Delegate<>() {
            @Override
            public Attached add(Attachment<Config> attachment, Netns pod) {
                String link = attachment.id().ifName();
                Witness.in(pod.path()).run("ip", "link", "set", link, "group", "default");
                told = attachment.told();
                before = Optional.of(take(pod));
                return Attached.of(told);
            }

            @Override
            public void check(Attachment<Config> attachment, Netns pod) {}

            @Override
            public void del(Detachment<Config> detachment, Optional<Netns> pod) {
                after = pod.map(Look::take);
            }
        };
    }
}
