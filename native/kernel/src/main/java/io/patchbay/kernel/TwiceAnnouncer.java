package io.patchbay.kernel;

import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.Announcer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Announces at once, and a second time behind the caller's back: one lost frame must not leave a
/// neighbour with the entry it had.
record TwiceAnnouncer(NamespaceFile namespace, Announcer once) implements Announcer {
    @Override
    public void announce(int link, List<InetAddress> own) {
        once.announce(link, own);
        new SecondAnnouncement(namespace.path(), namespace.inode(), link, own).later();
    }

    @Override
    public Optional<Claim> claim(int link, List<InetAddress> probed, Duration wait) {
        return once.claim(link, probed, wait);
    }
}
