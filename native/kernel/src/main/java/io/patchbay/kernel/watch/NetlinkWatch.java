package io.patchbay.kernel.watch;

import static io.patchbay.kernel.libc.Syscalls.C;

import io.patchbay.kernel.libc.Errno;
import io.patchbay.kernel.libc.Memory;
import io.patchbay.kernel.libc.Syscalls;
import io.patchbay.kernel.netns.NamespaceFile;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sockets that the kernel tells of changes. Those of a namespace are two: one of rtnetlink, and
/// one of nftables where this kernel has it. Neighbours are left out: they change by themselves.
public final class NetlinkWatch implements Watch {
    private static final int NETLINK_ROUTE = 0;
    private static final int NETLINK_NETFILTER = 12;
    private static final int NETLINK_KOBJECT_UEVENT = 15;
    private static final int EPROTONOSUPPORT = 93;

    /// Group 2 has udev's, which come after.
    private static final int UEVENTS_OF_THE_KERNEL = 1;

    /// RTNLGRP_LINK, _IPV4_IFADDR, _IPV4_ROUTE, _IPV4_RULE, _IPV6_ of each, and _IPV4_NETCONF,
    /// _IPV6_NETCONF (linux/rtnetlink.h).
    private static final int[] ROUTE_GROUPS = {1, 5, 7, 8, 9, 11, 19, 24, 25};

    /// linux/netfilter/nfnetlink.h.
    private static final int NFNLGRP_NFTABLES = 7;

    private static final int POLLIN = 1;
    private static final int POLLFD = 8;

    /// An interrupt does not end a call into the kernel.
    private static final int SLICE_MILLIS = 250;

    private final List<Groups> sockets;
    private final String operation;
    private boolean closed;

    private NetlinkWatch(List<Groups> sockets, String operation) {
        this.sockets = List.copyOf(sockets);
        this.operation = operation;
    }

    /// Watches the PCI functions of the machine, their drivers and the home namespace's links of
    /// them, by the kernel's own uevents.
    public static NetlinkWatch ofPci(NamespaceFile home) {
        String operation = "watch the PCI functions";
        return new NetlinkWatch(
                List.of(
                        Groups.join(
                                operation,
                                home,
                                Uevent::isOfPci,
                                NETLINK_KOBJECT_UEVENT,
                                UEVENTS_OF_THE_KERNEL)),
                operation);
    }

    public static NetlinkWatch on(NamespaceFile namespace) {
        String operation = "watch " + namespace.path();
        List<Groups> sockets = new ArrayList<>();
        try {
            sockets.add(Groups.join(operation, namespace, NETLINK_ROUTE, ROUTE_GROUPS));
            joinNftables(operation, namespace, sockets);
            return new NetlinkWatch(sockets, operation);
        } catch (RuntimeException e) {
            sockets.forEach(Groups::close);
            throw e;
        }
    }

    private static void joinNftables(
            String operation, NamespaceFile namespace, List<Groups> sockets) {
        try {
            sockets.add(Groups.join(operation, namespace, NETLINK_NETFILTER, NFNLGRP_NFTABLES));
        } catch (KernelException e) {
            if (e.errno() != EPROTONOSUPPORT) {
                throw e;
            }
        }
    }

    @Override
    public boolean await(Duration atMost) {
        if (closed) {
            throw new IllegalStateException(operation + ": the watch was closed");
        }
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw Errno.exception(operation, Errno.EINTR);
            }
            long left = Math.max(end - System.nanoTime(), 0);
            if (isReadable((int) Math.min(left / 1_000_000 + 1, SLICE_MILLIS)) && drain()) {
                return true;
            }
            if (left == 0) {
                return false;
            }
        }
    }

    /// struct pollfd: s32 descriptor, s16 wanted events, s16 events that came; an error counts.
    private boolean isReadable(int millis) {
        try (Memory memory = Memory.take()) {
            for (int i = 0; i < sockets.size(); i++) {
                memory.buffer()
                        .putInt(POLLFD * i, sockets.get(i).descriptor())
                        .putShort(POLLFD * i + 4, (short) POLLIN)
                        .putShort(POLLFD * i + 6, (short) 0);
            }
            return Syscalls.call(operation, () -> C.poll(memory.address(0), sockets.size(), millis))
                    > 0;
        }
    }

    private boolean drain() {
        boolean any = false;
        for (Groups socket : sockets) {
            any |= socket.drain(operation);
        }
        return any;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sockets.forEach(Groups::close);
        }
    }
}
