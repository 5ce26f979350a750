package io.patchbay.kernel.rtnl.link;

/// The numbers of a link's attributes. Source: linux/if_link.h, linux/veth.h, linux/if.h.
final class Ifla {
    static final int ADDRESS = 1;
    static final int IFNAME = 3;
    static final int MTU = 4;
    static final int LINK = 5;
    static final int MASTER = 10;
    static final int PROTINFO = 12;
    static final int TXQLEN = 13;
    static final int LINKINFO = 18;
    static final int IFALIAS = 20;
    static final int NUM_VF = 21;
    static final int VFINFO_LIST = 22;
    static final int AF_SPEC = 26;
    static final int GROUP = 27;
    static final int NET_NS_FD = 28;
    static final int EXT_MASK = 29;
    static final int NUM_TX_QUEUES = 31;
    static final int NUM_RX_QUEUES = 32;
    static final int LINK_NETNSID = 37;
    static final int PROP_LIST = 52;
    static final int ALT_IFNAME = 53;
    static final int PERM_ADDRESS = 54;
    static final int PARENT_DEV_NAME = 56;

    static final int INFO_KIND = 1;
    static final int INFO_DATA = 2;
    static final int INFO_SLAVE_KIND = 4;
    static final int INFO_SLAVE_DATA = 5;
    static final int BRPORT_STATE = 1;
    static final int BRPORT_MODE = 4;
    static final int BRPORT_ISOLATED = 33;
    static final int BR_VLAN_FILTERING = 7;
    static final int BRIDGE_VLAN_INFO = 2;
    static final int INET_CONF = 1;

    /// IPV4_DEVCONF_ARP_NOTIFY (linux/ip.h).
    static final int ARP_NOTIFY = 22;

    static final int VETH_PEER = 1;
    static final int IPVLAN_MODE = 1;
    static final int IPVLAN_FLAGS = 2;
    static final int MACVLAN_MODE = 1;
    static final int MACVLAN_BC_QUEUE_LEN = 7;
    static final int MACVLAN_BC_QUEUE_LEN_USED = 8;
    static final int VLAN_ID = 1;
    static final int VRF_TABLE = 1;
    static final int VLAN_PROTOCOL = 5;

    static final int VF_INFO = 1;
    static final int VF_MAC = 1;
    static final int VF_VLAN = 2;
    static final int VF_SPOOFCHK = 4;
    static final int VF_LINK_STATE = 5;
    static final int VF_RATE = 6;
    static final int VF_TRUST = 9;
    static final int VF_VLAN_LIST = 12;
    static final int VF_VLAN_INFO = 1;

    /// ARPHRD_ETHER (linux/if_arp.h).
    static final int ETHERNET = 1;

    static final int UP = 1;
    static final int PROMISC = 1 << 8;
    static final int ALLMULTI = 1 << 9;

    /// NLA_F_NESTED, which the kernel asks for where it parses strictly (rtnl_linkprop).
    static final int NESTED = 1 << 15;

    /// Asks for the virtual functions too (RTEXT_FILTER_VF).
    static final int FILTER_VF = 1;

    /// Leaves the counters out of an answer (RTEXT_FILTER_SKIP_STATS).
    static final int SKIP_STATS = 1 << 3;

    private Ifla() {}
}
