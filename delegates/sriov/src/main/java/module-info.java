/// Devices that exist and must come back: virtual functions as links or on vfio-pci.
module io.patchbay.sriov {
    requires io.patchbay.spi;

    // The core binds configurations and notes to the records here.
    opens io.patchbay.sriov;

    provides io.patchbay.spi.DelegateProvider with
            io.patchbay.sriov.HostDeviceProvider,
            io.patchbay.sriov.SriovProvider;
}
