package io.patchbay.kernel.rtnl;

import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import java.util.function.Supplier;

/// A namespace that is no more than the number of a descriptor.
record FarNetns(int descriptor) implements Netns {
    @Override
    public String path() {
        return "/run/netns/far";
    }

    @Override
    public long inode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Rtnl rtnl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Nft nft() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Sysctl sysctl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Announcer announcer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T inside(Supplier<T> action) {
        throw new UnsupportedOperationException();
    }
}
