package io.patchbay.ipvlan;

import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// vlan: links for the frames of one 802.1Q VLAN. Source: net/8021q.
final class VlanLinks implements UpperLinks<VlanConfig> {
    @Override
    public String kind() {
        return "vlan";
    }

    @Override
    public String module() {
        return "8021q";
    }

    @Override
    public void refuseUnfit(Attachment<VlanConfig> attachment, Link parent) {
        int id = attachment.config().vlanId();
        attachment.mac();
        for (Link other : Parent.visibleOn(attachment.host(), parent)) {
            if (other.vlan().equals(OptionalInt.of(id))) {
                throw taken(id, parent, "link %s of the host".formatted(other.name()));
            }
        }
    }

    private static CniException taken(int id, Link parent, String by) {
        return CniException.invalidConfig(
                "\"vlanId\" is %d, but %s has that VLAN of link %s already, and a VLAN of a link is one link's: name another one"
                        .formatted(id, by, parent.name()));
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
    public LinkSpec spec(VlanConfig config, LinkSpec.Head head, Link parent) {
        return new LinkSpec.Vlan(head, parent.index(), config.vlanId());
    }

    @Override
    public void check(VlanConfig config, Link found) {
        if (!found.vlan().equals(OptionalInt.of(config.vlanId()))) {
            throw CniException.changed(
                    "link %s should have VLAN %d, and has %s"
                            .formatted(
                                    found.name(),
                                    config.vlanId(),
                                    found.vlan().isPresent() ? found.vlan().getAsInt() : "none"));
        }
    }

    @Override
    public boolean announces(VlanConfig config) {
        return true;
    }

    @Override
    public Optional<CniException> explain(KernelException refusal, VlanConfig config, Link parent) {
        return refusal.exists()
                ? Optional.of(taken(config.vlanId(), parent, "a link in another namespace"))
                : Optional.empty();
    }
}
