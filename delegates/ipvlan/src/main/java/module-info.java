/// Links on a parent of the host, made straight in the pod: ipvlan, macvlan, vlan.
module io.patchbay.ipvlan {
    requires io.patchbay.spi;

    // The core binds configurations and notes to the records here.
    opens io.patchbay.ipvlan;

    provides io.patchbay.spi.DelegateProvider with
            io.patchbay.ipvlan.IpvlanProvider,
            io.patchbay.ipvlan.MacvlanProvider,
            io.patchbay.ipvlan.VlanProvider;
}
