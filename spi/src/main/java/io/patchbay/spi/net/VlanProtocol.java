package io.patchbay.spi.net;

/// The kind of a VLAN's tag, by its EtherType.
public enum VlanProtocol {
    DOT1Q(0x8100),
    DOT1AD(0x88a8);

    private final int etherType;

    VlanProtocol(int etherType) {
        this.etherType = etherType;
    }

    public int etherType() {
        return etherType;
    }

    /// That of an EtherType; any other than 802.1ad's counts as 802.1Q's, as in the kernel.
    public static VlanProtocol of(int etherType) {
        return etherType == DOT1AD.etherType ? DOT1AD : DOT1Q;
    }
}
