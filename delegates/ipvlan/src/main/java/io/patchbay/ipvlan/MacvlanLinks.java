package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.MacvlanMode;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// macvlan: links with a MAC address of their own. Source: drivers/net/macvlan.c.
final class MacvlanLinks implements UpperLinks<MacvlanConfig> {
    @Override
    public String kind() {
        return "macvlan";
    }

    @Override
    public void refuseUnfit(Attachment<MacvlanConfig> attachment, Link parent) {
        MacvlanMode mode = attachment.config().chosenMode();
        Optional<MacAddress> mac = attachment.mac();
        if (mode == MacvlanMode.PASSTHRU && mac.isPresent()) {
            throw CniException.invalidConfig(
                    "MAC address %s is asked for, but a macvlan link of mode passthru has its parent's: ask for none"
                            .formatted(mac.get()));
        }
        UpperLinks.refuseMixed(attachment.host(), parent, kind(), Set.of("ipvlan", "ipvtap"));
        for (Link other : Parent.visibleOn(attachment.host(), parent)) {
            if (other.kind().equals(kind()) && isExclusive(mode, other)) {
                throw unshared(parent);
            }
        }
    }

    private static boolean isExclusive(MacvlanMode mode, Link other) {
        return mode == MacvlanMode.PASSTHRU
                || other.mode().equals(OptionalInt.of(MacvlanMode.PASSTHRU.value()));
    }

    private static CniException unshared(Link parent) {
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
    public LinkSpec spec(MacvlanConfig config, LinkSpec.Head head, Link parent) {
        return new LinkSpec.Macvlan(head, parent.index(), config.chosenMode());
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
    }

    @Override
    public boolean announces(MacvlanConfig config) {
        return true;
    }

    @Override
    public Optional<CniException> explain(
            KernelException refusal, MacvlanConfig config, Link parent) {
        return switch (refusal.errno()) {
            case KernelException.EBUSY ->
                    Optional.of(
                            CniException.invalidConfig(
                                    "link %s is in use by links of another kind, such as ipvlan links of pods, or one of its links has this MAC address: name another \"master\" or \"mac\""
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
                                    "link %s cannot carry a macvlan link with this \"mac\": %s"
                                            .formatted(parent.name(), refusal.getMessage())));
            default -> Optional.empty();
        };
    }
}
