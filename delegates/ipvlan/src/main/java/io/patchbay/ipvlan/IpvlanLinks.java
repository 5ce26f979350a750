package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.LinkSpec.IpvlanMode;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// ipvlan: links with the parent's MAC address and IP addresses of their own. Mode and flag belong
/// to the parent, so all its links share them; the kernel changes them for all without a word.
/// Source: drivers/net/ipvlan, Documentation/networking/ipvlan.rst.
final class IpvlanLinks implements UpperLinks<IpvlanConfig> {
    private final ParentUses uses;

    IpvlanLinks(ParentUses uses) {
        this.uses = uses;
    }

    @Override
    public String kind() {
        return "ipvlan";
    }

    @Override
    public boolean followsChain() {
        return true;
    }

    @Override
    public void refuseWish(Attachment<IpvlanConfig> attachment) {
        attachment
                .mac()
                .ifPresent(mac -> {
                    throw CniException.invalidConfig(
                            "MAC address %s is asked for, but ipvlan links have their parent's: ask for none, or use macvlan"
                                    .formatted(mac));
                });
    }

    @Override
    public void refuseUnfit(Attachment<IpvlanConfig> attachment, Parent parent, List<Link> beside) {
        // The kernel would go on to the parent's own parent, and change the mode there.
        if (parent.link().kind().equals(kind())) {
            throw CniException.invalidConfig(
                    "link %s is an ipvlan link itself: name the link below it as \"master\""
                            .formatted(parent.name()));
        }
        UpperLinks.refuseMixed(parent, beside, kind(), Set.of("macvlan", "macvtap"));
        refuseVisibleMode(attachment, parent, beside);
        uses.refuseOther(use(attachment, parent, Lease.EMPTY), parent.name());
    }

    private static ParentUses.Use use(
            Attachment<IpvlanConfig> attachment, Parent parent, Lease lease) {
        return ParentUses.Use.of(attachment.id(), parent, lease).with(attachment.config());
    }

    private void refuseVisibleMode(
            Attachment<IpvlanConfig> attachment, Parent parent, List<Link> beside) {
        IpvlanMode mode = attachment.config().chosenMode();
        for (Link other : beside) {
            if (other.kind().equals(kind())
                    && other.mode().isPresent()
                    && other.mode().getAsInt() != mode.value()) {
                throw CniException.invalidConfig(
                        "\"mode\" is \"%s\", but link %s of %s uses link %s with another one: all ipvlan links of a parent share their mode"
                                .formatted(
                                        UpperLinkConfig.word(mode),
                                        other.name(),
                                        parent.place().title(),
                                        parent.name()));
            }
        }
    }

    @Override
    public Optional<MacAddress> mac(Attachment<IpvlanConfig> attachment) {
        return Optional.empty();
    }

    @Override
    public Uplink.Use use(IpvlanConfig config) {
        return config.chosenMode() == IpvlanMode.L2 ? Uplink.Use.SHARED : Uplink.Use.ROUTED;
    }

    @Override
    public LinkSpec spec(IpvlanConfig config, LinkSpec.Head head, Parent parent) {
        return new LinkSpec.Ipvlan(head, parent.index(), config.chosenMode(), config.chosenFlag());
    }

    @Override
    public void check(IpvlanConfig config, Link found) {
        IpvlanMode mode = config.chosenMode();
        if (!found.mode().equals(OptionalInt.of(mode.value()))) {
            throw CniException.changed(
                    "link %s should have mode %s, and has mode %s: another link of its parent was made with it"
                            .formatted(found.name(), UpperLinkConfig.word(mode), word(found)));
        }
    }

    private static String word(Link found) {
        return Stream.of(IpvlanMode.values())
                .filter(mode -> found.mode().equals(OptionalInt.of(mode.value())))
                .map(UpperLinkConfig::word)
                .findFirst()
                .orElse("none");
    }

    // The modes l3 and l3s have no ARP: the parent answers nobody, and is asked for nothing.
    @Override
    public boolean announces(IpvlanConfig config) {
        return config.chosenMode() == IpvlanMode.L2;
    }

    // Answers to the parent's MAC address go to the parent.
    @Override
    public void configureIfFree(LeasedLink link, Netns pod, Parent parent) {
        link.refuseTaken(parent.place().netns(), parent.index());
        link.configure(pod);
    }

    @Override
    public Optional<CniException> explain(
            KernelException refusal, IpvlanConfig config, Parent parent) {
        if (refusal.errno() == KernelException.EBUSY) {
            return Optional.of(
                    CniException.invalidConfig(
                            "link %s is in use by links of another kind, such as macvlan links of pods, and cannot carry ipvlan links beside them: name another \"master\""
                                    .formatted(parent.name())));
        }
        if (refusal.errno() == KernelException.EINVAL) {
            return Optional.of(
                    CniException.invalidConfig(
                            "link %s cannot carry ipvlan links: %s"
                                    .formatted(parent.name(), refusal.getMessage())));
        }
        return Optional.empty();
    }

    @Override
    public void claim(Attachment<IpvlanConfig> attachment, Parent parent, Lease lease) {
        parent.refuseOwn(lease);
        uses.claim(use(attachment, parent, lease), parent.name());
    }

    @Override
    public Optional<ParentUses> uses() {
        return Optional.of(uses);
    }
}
