package io.patchbay.vpc;

import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import java.util.Optional;
import java.util.function.Supplier;

/// A namespace of a machine that was started as a test says.
///
/// @param boot the kernel's id of the boot
record BootedNetns(Netns netns, String boot) implements Netns {
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
        return netns.rtnl();
    }

    @Override
    public Nft nft() {
        return netns.nft();
    }

    @Override
    public Announcer announcer() {
        return netns.announcer();
    }

    @Override
    public Sysctl sysctl() {
        Sysctl real = netns.sysctl();
        return new Sysctl() {
            @Override
            public Optional<String> find(String key) {
                return key.equals("kernel/random/boot_id") ? Optional.of(boot) : real.find(key);
            }

            @Override
            public void set(String key, String value) {
                real.set(key, value);
            }
        };
    }

    @Override
    public <T> T inside(Supplier<T> action) {
        return netns.inside(action);
    }
}
