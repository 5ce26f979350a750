/// Pods on a Linux bridge, or on the node itself, by veth pairs.
module io.patchbay.bridge {
    requires io.patchbay.spi;

    // The core binds configurations and notes to the records here.
    opens io.patchbay.bridge;

    provides io.patchbay.spi.DelegateProvider with
            io.patchbay.bridge.BridgeProvider,
            io.patchbay.bridge.PtpProvider;
}
