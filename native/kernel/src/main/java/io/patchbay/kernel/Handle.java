package io.patchbay.kernel;

import io.patchbay.kernel.announce.PacketAnnouncer;
import io.patchbay.kernel.netlink.NetlinkSocket;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.kernel.nft.NftContext;
import io.patchbay.kernel.rtnl.NetlinkRtnl;
import io.patchbay.kernel.sysctl.ProcSysctl;
import io.patchbay.kernel.watch.NetlinkWatch;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import io.patchbay.spi.net.Watch;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;

/// A namespace's open file with the sockets bound to it.
final class Handle implements OpenNetns {
    private static final int NETLINK_ROUTE = 0;

    private final NamespaceFile file;
    private final NetlinkSocket route;
    private final NetlinkRtnl rtnl;
    private final NftContext nft;
    private final ProcSysctl sysctl;
    private final PacketAnnouncer once;

    private Handle(NamespaceFile file, NetlinkSocket route) {
        this.file = file;
        this.route = route;
        this.rtnl = new NetlinkRtnl(route, file.path());
        this.nft = new NftContext(file);
        this.sysctl = new ProcSysctl(file);
        this.once = new PacketAnnouncer(file, rtnl);
    }

    /// Takes the file over, on failure too.
    static Handle on(NamespaceFile file) {
        try {
            int socket =
                    file.socket(
                            "open rtnetlink in " + file.path(),
                            NetlinkSocket.AF_NETLINK,
                            NetlinkSocket.SOCK_RAW_CLOEXEC,
                            NETLINK_ROUTE);
            return new Handle(file, new NetlinkSocket(socket));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public String path() {
        return file.path();
    }

    @Override
    public int descriptor() {
        return file.descriptor();
    }

    @Override
    public long inode() {
        return file.inode();
    }

    @Override
    public Rtnl rtnl() {
        return rtnl;
    }

    @Override
    public Nft nft() {
        return nft;
    }

    @Override
    public Sysctl sysctl() {
        return sysctl;
    }

    @Override
    public Announcer announcer() {
        return new TwiceAnnouncer(file, once);
    }

    void announceOnce(int link, List<InetAddress> own) {
        once.announce(link, own);
    }

    @Override
    public Watch watch() {
        return NetlinkWatch.on(file);
    }

    @Override
    public <T> T inside(Supplier<T> action) {
        return file.inside(action);
    }

    @Override
    public void close() {
        route.close();
        file.close();
    }
}
