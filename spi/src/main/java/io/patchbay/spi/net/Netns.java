package io.patchbay.spi.net;

import java.util.function.Supplier;

/// A network namespace, held open. Nobody "is in" a namespace: each part below is bound to it, and
/// works from any thread for as long as the handle lives. A delegate never closes a handle.
public interface Netns {
    /// Where the namespace was found, for messages; it may be gone by now.
    String path();

    /// The open file that stands for the namespace, as `setns(2)` and `IFLA_NET_NS_FD` take it.
    int descriptor();

    /// The namespace's inode on nsfs: two handles with the same inode are the same namespace.
    long inode();

    Rtnl rtnl();

    Nft nft();

    Sysctl sysctl();

    Announcer announcer();

    /// Begins to watch what changes here, from now on. Whoever asks closes it.
    default Watch watch() {
        throw new UnsupportedOperationException(path() + " cannot be watched");
    }

    /// Runs an action on a throw-away thread that is in the namespace. Only for what cannot be
    /// bound to a handle, such as a listening socket; it costs a thread. An unchecked exception of
    /// the action is thrown on.
    <T> T inside(Supplier<T> action);
}
