package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.VlanProtocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// vlan: links for the frames of one VLAN, which may be on another such link. Source: net/8021q.
final class VlanLinks implements UpperLinks<VlanConfig> {
    @Override
    public String kind() {
        return "vlan";
    }

    @Override
    public String module() {
        return "8021q";
    }

    /// Frames with a tag are given to their VLAN before a bridge gets them (vlan_do_receive). A
    /// bond chooses the port that sends: a VLAN of one port would go past it.
    @Override
    public boolean worksBelow(String masterKind) {
        return !Set.of("bond", "team").contains(masterKind);
    }

    @Override
    public void refuseWish(Attachment<VlanConfig> attachment) {
        attachment.mac();
    }

    @Override
    public void refuseUnfit(Attachment<VlanConfig> attachment, Parent parent, List<Link> beside) {
        VlanConfig config = attachment.config();
        for (Link other : beside) {
            if (isThat(config, other)) {
                throw taken(
                        config,
                        parent,
                        "link %s of %s".formatted(other.name(), parent.place().title()));
            }
        }
    }

    private static boolean isThat(VlanConfig config, Link other) {
        return other.vlan().equals(config.vlanId())
                && other.upper().protocol().equals(Optional.of(config.tag()));
    }

    private static CniException taken(VlanConfig config, Parent parent, String by) {
        return CniException.invalidConfig(
                "\"vlanId\" is %d, but %s has that VLAN of link %s already, and a VLAN of a link is one link's: name another one"
                        .formatted(config.id(), by, parent.name()));
    }

    @Override
    public Optional<MacAddress> mac(Attachment<VlanConfig> attachment) {
        return attachment.mac();
    }

    @Override
    public Uplink.Use use(VlanConfig config) {
        return Uplink.Use.TAGGED;
    }

    @Override
    public LinkSpec spec(VlanConfig config, LinkSpec.Head head, Parent parent) {
        return new LinkSpec.Vlan(head, parent.index(), config.id(), config.tag());
    }

    @Override
    public void check(VlanConfig config, Link found) {
        if (!isThat(config, found)) {
            throw CniException.changed(
                    "link %s should have %s, and has %s"
                            .formatted(
                                    found.name(),
                                    title(config.vlanId(), config.tag()),
                                    title(
                                            found.vlan(),
                                            found.upper().protocol().orElse(VlanProtocol.DOT1Q))));
        }
    }

    private static String title(OptionalInt id, VlanProtocol tag) {
        return id.isPresent()
                ? "VLAN %d of %s"
                        .formatted(id.getAsInt(), tag == VlanProtocol.DOT1AD ? "802.1ad" : "802.1Q")
                : "none";
    }

    @Override
    public boolean announces(VlanConfig config) {
        return true;
    }

    @Override
    public Optional<CniException> explain(
            KernelException refusal, VlanConfig config, Parent parent) {
        return refusal.exists()
                ? Optional.of(taken(config, parent, "a link in another namespace"))
                : Optional.empty();
    }
}
