package io.patchbay.kernel.rtnl.wire;

import io.patchbay.kernel.netlink.Nlm;

/// The message types of rtnetlink, and the flags its requests carry. Source: linux/rtnetlink.h.
public final class Rtm {
    public static final int NEWLINK = 16;
    public static final int DELLINK = 17;
    public static final int GETLINK = 18;
    public static final int SETLINK = 19;
    public static final int NEWADDR = 20;
    public static final int DELADDR = 21;
    public static final int GETADDR = 22;
    public static final int NEWROUTE = 24;
    public static final int DELROUTE = 25;
    public static final int GETROUTE = 26;
    public static final int NEWNEIGH = 28;
    public static final int DELNEIGH = 29;
    public static final int GETNEIGH = 30;
    public static final int NEWRULE = 32;
    public static final int DELRULE = 33;
    public static final int GETRULE = 34;

    public static final int NEWLINKPROP = 108;
    public static final int DELLINKPROP = 109;

    public static final int NEWVLAN = 112;
    public static final int GETVLAN = 114;

    /// For what must not be there yet.
    public static final int CREATE = Nlm.REQUEST | Nlm.ACK | Nlm.CREATE | Nlm.EXCL;

    /// For one more of what may be there already.
    public static final int FURTHER = CREATE | Nlm.APPEND;

    /// For what is there, to be changed, deleted or read alone.
    public static final int ONE = Nlm.REQUEST | Nlm.ACK;

    public static final int ALL = Nlm.REQUEST | Nlm.DUMP;

    private Rtm() {}
}
