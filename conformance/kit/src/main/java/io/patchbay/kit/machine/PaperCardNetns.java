package io.patchbay.kit.machine;

import io.patchbay.kernel.OpenNetns;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import io.patchbay.spi.net.Watch;
import java.util.function.Supplier;

/// A namespace in which links of a card on paper may be.
record PaperCardNetns(Netns netns, Runnable closing, PaperCard card) implements OpenNetns {
    @Override
    public String path() {
        return netns.path();
    }

    @Override
    public int descriptor() {
        return netns.descriptor();
    }

    @Override
    public long inode() {
        return netns.inode();
    }

    @Override
    public Rtnl rtnl() {
        return new PaperCardRtnl(netns.rtnl(), card);
    }

    @Override
    public Nft nft() {
        return netns.nft();
    }

    @Override
    public Sysctl sysctl() {
        return netns.sysctl();
    }

    @Override
    public Announcer announcer() {
        return netns.announcer();
    }

    @Override
    public Watch watch() {
        return netns.watch();
    }

    @Override
    public <T> T inside(Supplier<T> action) {
        return netns.inside(action);
    }

    @Override
    public void close() {
        closing.run();
    }
}
