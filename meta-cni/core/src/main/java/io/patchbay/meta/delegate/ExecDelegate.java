package io.patchbay.meta.delegate;

import io.patchbay.meta.cni.CniVersion;
import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Netns;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Any CNI binary as a delegate. Verbs that the configuration's version does not have are left out,
/// as libcni does.
public final class ExecDelegate implements Delegate<ForeignConfig> {
    private final InstantSource clock;

    public ExecDelegate(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Attached add(Attachment<ForeignConfig> attachment, Netns pod) {
        return Attached.of(call(attachment, pod).add());
    }

    @Override
    public void check(Attachment<ForeignConfig> attachment, Netns pod) {
        if (attachment.config().version().isAtLeast(CniVersion.V0_4_0)) {
            call(attachment, pod).run("CHECK");
        }
    }

    @Override
    public void del(Detachment<ForeignConfig> detachment, Optional<Netns> pod) {
        ForeignConfig config =
                detachment
                        .config()
                        .orElseThrow(
                                () -> new IllegalStateException("a binary always has its config"));
        call(detachment.result().map(config::after).orElse(config))
                .of(detachment.id())
                .in(pod.map(Netns::path).orElse(""))
                .until(detachment.deadline())
                .run("DEL");
    }

    @Override
    public void gc(NetworkConfig<ForeignConfig> network, Set<AttachmentId> valid) {
        if (network.config().version().isAtLeast(CniVersion.V1_1_0)) {
            call(network.config()).keeping(network.network(), valid).run("GC");
        }
    }

    @Override
    public void status(NetworkConfig<ForeignConfig> network) {
        if (network.config().version().isAtLeast(CniVersion.V1_1_0)) {
            call(network.config()).run("STATUS");
        }
    }

    private ForeignCall call(Attachment<ForeignConfig> attachment, Netns pod) {
        return call(attachment.config())
                .of(attachment.id())
                .in(pod.path())
                .after(attachment.previous())
                .until(attachment.deadline());
    }

    private ForeignCall call(ForeignConfig config) {
        return new ForeignCall(config, clock);
    }
}
