package io.patchbay.chained;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.Optional;
import java.util.Set;

/// Tunes the link that was made before in the chain, and makes it what it was.
final class TuningDelegate implements Delegate<TuningConfig> {
    private final Allowlist allowlist;
    private final Book<Baseline> book;
    private final Netns host;

    TuningDelegate(Allowlist allowlist, Book<Baseline> book, Netns host) {
        this.allowlist = allowlist;
        this.book = book;
        this.host = host;
    }

    @Override
    public void probe(Attachment<TuningConfig> attachment, Netns pod) {
        attachment.mac();
        allowlist.refuseOthers(attachment.config().sysctls(), Standard.INVALID_NETWORK_CONFIG);
    }

    @Override
    public Attached add(Attachment<TuningConfig> attachment, Netns pod) {
        ChainedLink chained = ChainedLink.of(attachment, pod);
        Tuning tuning = Tuning.of(attachment);
        tuning.refuseUnfit(chained);
        Link link = chained.link();
        book.write(Baseline.of(attachment, pod, link, tuning));
        tuning.apply(pod, link);
        Link tuned = ChainedLink.check(link.index(), link.name(), pod);
        if (tuned.up() && !tuned.mac().equals(link.mac())) {
            announce(chained, pod);
        }
        return Attached.of(chained.tellAnew(tuned));
    }

    /// The neighbours know the addresses by the MAC address that was.
    private static void announce(ChainedLink chained, Netns pod) {
        var own = chained.ips().stream().map(ip -> ip.address().address()).toList();
        if (!own.isEmpty()) {
            pod.announcer().announce(chained.link().index(), own);
        }
    }

    @Override
    public void check(Attachment<TuningConfig> attachment, Netns pod) {
        Baseline before = book.get(attachment);
        Link link = ChainedLink.check(before.link(), attachment.id().ifName(), pod);
        Tuning.of(attachment).check(pod, link);
    }

    @Override
    public void del(Detachment<TuningConfig> detachment, Optional<Netns> pod) {
        book.find(detachment)
                .ifPresent(before -> {
                    before.restore(pod, detachment.host(), detachment.group());
                    book.erase(before);
                });
    }

    @Override
    public void gc(NetworkConfig<TuningConfig> network, Set<AttachmentId> valid) {
        for (Baseline before : book.orphans(network.network(), valid)) {
            before.restore(Optional.empty(), host, 0);
            book.erase(before);
        }
    }

    @Override
    public void status(NetworkConfig<TuningConfig> network) {
        allowlist.refuseOthers(network.config().sysctls(), Standard.UNAVAILABLE);
    }
}
