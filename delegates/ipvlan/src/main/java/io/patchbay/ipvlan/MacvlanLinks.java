package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.MacvlanMode;
import io.patchbay.spi.net.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// macvlan: links with a MAC address of their own. Source: drivers/net/macvlan.c.
final class MacvlanLinks implements UpperLinks<MacvlanConfig> {
    private final ParentUses uses;

    MacvlanLinks(ParentUses uses) {
        this.uses = uses;
    }

    @Override
    public String kind() {
        return "macvlan";
    }

    @Override
    public void refuseWish(Attachment<MacvlanConfig> attachment) {
        Optional<MacAddress> mac = attachment.mac();
        if (attachment.config().chosenMode() == MacvlanMode.PASSTHRU && mac.isPresent()) {
            throw CniException.invalidConfig(
                    "MAC address %s is asked for, but a macvlan link of mode passthru has its parent's: ask for none"
                            .formatted(mac.get()));
        }
    }

    @Override
    public void refuseUnfit(
            Attachment<MacvlanConfig> attachment, Parent parent, List<Link> beside) {
        MacvlanMode mode = attachment.config().chosenMode();
        UpperLinks.refuseMixed(parent, beside, kind(), Set.of("ipvlan", "ipvtap"));
        for (Link other : beside) {
            if (other.kind().equals(kind()) && isExclusive(mode, other)) {
                throw unshared(parent);
            }
        }
    }

    private static boolean isExclusive(MacvlanMode mode, Link other) {
        return mode == MacvlanMode.PASSTHRU
                || other.mode().equals(OptionalInt.of(MacvlanMode.PASSTHRU.value()));
    }

    private static CniException unshared(Parent parent) {
        return CniException.invalidConfig(
                "link %s has other macvlan links, and one of mode passthru shares its parent with none: name another \"master\""
                        .formatted(parent.name()));
    }

    @Override
    public Optional<MacAddress> mac(Attachment<MacvlanConfig> attachment) {
        MacvlanConfig config = attachment.config();
        if (config.chosenMode() == MacvlanMode.PASSTHRU) {
            return Optional.empty();
        }
        return attachment
                .mac()
                .or(config::mac)
                .or(() -> Optional.of(MacAddress.random(ThreadLocalRandom.current())));
    }

    @Override
    public Uplink.Use use(MacvlanConfig config) {
        return config.chosenMode() == MacvlanMode.PASSTHRU ? Uplink.Use.ALONE : Uplink.Use.OWN_MAC;
    }

    @Override
    public LinkSpec spec(MacvlanConfig config, LinkSpec.Head head, Parent parent) {
        return new LinkSpec.Macvlan(head, parent.index(), config.chosenMode(), config.bcqueuelen());
    }

    @Override
    public void check(MacvlanConfig config, Link found) {
        int mode = config.chosenMode().value();
        if (!found.mode().equals(OptionalInt.of(mode))) {
            throw CniException.changed(
                    "link %s should have mode %s (%d), and has mode %s"
                            .formatted(
                                    found.name(),
                                    UpperLinkConfig.word(config.chosenMode()),
                                    mode,
                                    found.mode().isPresent() ? found.mode().getAsInt() : "none"));
        }
        checkQueue(config, found);
    }

    private static void checkQueue(MacvlanConfig config, Link found) {
        OptionalInt queue = found.upper().broadcastQueue();
        if (queue.isPresent() && queue.getAsInt() < config.bcqueuelen()) {
            throw CniException.changed(
                    "link %s should have a broadcast queue of %d or more on its parent, and has one of %d"
                            .formatted(found.name(), config.bcqueuelen(), queue.getAsInt()));
        }
    }

    @Override
    public boolean announces(MacvlanConfig config) {
        return true;
    }

    @Override
    public Optional<CniException> explain(
            KernelException refusal, MacvlanConfig config, Parent parent) {
        return switch (refusal.errno()) {
            case KernelException.EBUSY ->
                    Optional.of(
                            CniException.invalidConfig(
                                    "link %s is in use by links of another kind, such as ipvlan links of pods: name another \"master\""
                                            .formatted(parent.name())));
            // Among other things, its word for a second link beside one of mode passthru.
            case KernelException.EINVAL ->
                    Optional.of(
                            CniException.invalidConfig(
                                    "link %s cannot carry a macvlan link of mode %s: %s; one of mode passthru shares its parent with none"
                                            .formatted(
                                                    parent.name(),
                                                    UpperLinkConfig.word(config.chosenMode()),
                                                    refusal.getMessage())));
            case KernelException.EADDRINUSE, KernelException.EADDRNOTAVAIL ->
                    Optional.of(
                            CniException.invalidConfig(
                                    "link %s cannot carry a macvlan link of that MAC address (%s): ask for another one by \"mac\", or for none"
                                            .formatted(parent.name(), refusal.getMessage())));
            default -> Optional.empty();
        };
    }

    @Override
    public void claim(Attachment<MacvlanConfig> attachment, Parent parent, Lease lease) {
        // Who has the parent for itself may have its address too; without addresses there is
        // nothing to have, nor to be noted.
        if (attachment.config().chosenMode() != MacvlanMode.PASSTHRU && !lease.ips().isEmpty()) {
            parent.refuseOwn(lease);
            uses.claim(ParentUses.Use.of(attachment.id(), parent, lease), parent.name());
        }
    }

    @Override
    public Optional<ParentUses> uses() {
        return Optional.of(uses);
    }
}
