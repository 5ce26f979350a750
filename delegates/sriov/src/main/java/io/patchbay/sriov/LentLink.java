package io.patchbay.sriov;

import io.patchbay.spi.net.Change;
import io.patchbay.spi.net.Change.AddAltName;
import io.patchbay.spi.net.Change.SetAlias;
import io.patchbay.spi.net.Change.SetMtu;
import io.patchbay.spi.net.Change.SetUp;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A link that is back on the host, and what it was there.
record LentLink(Passage passage, HostLink before, Link link) {
    private static final String FORMERLY = "formerly ";

    /// All but the MAC address. Where the name is taken the link tells in its alias which it had.
    void restore() {
        Passage.dropNames(passage.host().rtnl(), link, before);
        passage.rename(before, link);
        Link now = passage.find(passage.host()).orElse(link);
        String alias = aliasOf(before, now);
        List<Change> changes = new ArrayList<>();
        if (!now.alias().equals(alias)) {
            changes.add(new SetAlias(now.index(), alias));
        }
        before.altNames().stream()
                .filter(name -> passage.host().rtnl().find(name).isEmpty())
                .forEach(name -> changes.add(new AddAltName(now.index(), name)));
        if (now.mtu() != before.mtu()) {
            changes.add(new SetMtu(now.index(), before.mtu()));
        }
        if (now.up() != before.up()) {
            changes.add(new SetUp(now.index(), before.up()));
        }
        passage.host().rtnl().apply(changes);
    }

    static String aliasOf(HostLink before, Link now) {
        return now.name().equals(before.name()) ? before.alias() : FORMERLY + before.name();
    }

    /// The address it had, if it has another now.
    Optional<MacAddress> unlikeMac() {
        return before.mac().filter(mac -> !Objects.equals(link.mac().orElse(null), mac));
    }
}
