package io.patchbay.spi.net;

import java.time.Duration;

/// Hears that something changes, whoever changes it: of a namespace its links, addresses, routes
/// and rules, of both families, and its nftables; of the machine its PCI functions. Of the settings
/// below /proc/sys the kernel tells of a few only: forwarding, rp_filter, proxy_arp, proxy_ndp and
/// ignore_routes_with_linkdown (linux/netconf.h), and of disable_ipv6 by the addresses that come or
/// go with it. It tells that, and not what: the kernel drops what nobody fetches in time, so one
/// has to look anyway. For one thread. Sources: rtnetlink(7), linux/netfilter/nfnetlink.h,
/// linux/netlink.h.
public interface Watch extends AutoCloseable {
    /// Waits until something has changed since the watch began, or since this last returned true.
    /// It ends within a quarter of a second of an interrupt, by a {@link KernelException} with
    /// EINTR, and the thread stays interrupted.
    ///
    /// @return whether something may have changed; false when the time has passed
    boolean await(Duration atMost);

    /// Idempotent.
    @Override
    void close();
}
