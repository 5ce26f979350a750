package io.patchbay.kernel;

import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// An announcement that is to be made again, of those addresses that the link still has by then.
/// Nothing is held open meanwhile, for a namespace is torn down only once nobody has it, and with
/// it the links in it: it is looked for where it was, and is the same by its inode.
record SecondAnnouncement(String path, long inode, int link, List<InetAddress> own)
        implements Runnable {
    /// ANNOUNCE_INTERVAL of RFC 5227 §2.3, which asks for two announcements. RFC 4861 §7.2.6 allows
    /// of three, a second apart.
    private static final int SECONDS = 2;

    /// More than a node's pods: what is beyond is announced once.
    private static final int ROOM = 1000;

    private static final Logger LOG = System.getLogger(SecondAnnouncement.class.getName());
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    SecondAnnouncement {
        own = List.copyOf(own);
    }

    /// One for the whole process, which ends when there is nothing to announce.
    private static ScheduledThreadPoolExecutor thread() {
        var thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("patchbay-announce").daemon().factory());
        thread.setKeepAliveTime(SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    void later() {
        if (!own.isEmpty() && THREAD.getQueue().size() < ROOM) {
            Future<?> _ = THREAD.schedule(this, SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void run() {
        try (Handle there = Handle.on(NamespaceFile.open(path))) {
            if (there.inode() == inode) {
                there.announceOnce(link, stillThere(there));
            }
        } catch (KernelException e) {
            LOG.log(Level.DEBUG, "not announced again: {0}", e.getMessage());
        }
    }

    private List<InetAddress> stillThere(Handle netns) {
        Set<InetAddress> there =
                netns.rtnl().addresses(link).stream()
                        .map(Cidr::address)
                        .collect(Collectors.toSet());
        return own.stream().filter(there::contains).toList();
    }
}
