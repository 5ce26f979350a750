package io.patchbay.kernel.netlink;

/// The numbers of netlink itself. Source: linux/netlink.h.
///
/// ```
///  0       4        6        8         12       16
///  +-------+--------+--------+---------+--------+---------
///  | u32   | u16    | u16    | u32     | u32    | payload
///  | length| type   | flags  | sequence| port   |
///  +-------+--------+--------+---------+--------+---------   struct nlmsghdr
/// ```
public final class Nlm {
    public static final int REQUEST = 0x1;
    public static final int ACK = 0x4;
    public static final int DUMP = 0x300;
    public static final int EXCL = 0x200;
    public static final int CREATE = 0x400;
    public static final int APPEND = 0x800;

    static final int HEADER = 16;
    static final int FLAGS = 6;

    /// Set on the replies of a dump during which something changed: it may miss or double entries.
    static final int DUMP_INTR = 0x10;

    static final int CAPPED = 0x100;
    static final int ACK_TLVS = 0x200;

    static final int TYPE_ERROR = 2;
    static final int TYPE_DONE = 3;
    static final int TYPE_OVERRUN = 4;

    private Nlm() {}

    static int align(int length) {
        return length + 3 & ~3;
    }
}
