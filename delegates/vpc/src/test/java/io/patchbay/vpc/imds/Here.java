package io.patchbay.vpc.imds;

import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import java.util.function.Supplier;

/// The namespace this thread is in, for code that only wants to be there.
record Here() implements Netns {
    @Override
    public String path() {
        return "/proc/thread-self/ns/net";
    }

    @Override
    public <T> T inside(Supplier<T> action) {
        return action.get();
    }

    @Override
    public int descriptor() {
        throw new UnsupportedOperationException();
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
}
