/// Pods on sockets of the user-space data plane: vhost-user and memif.
module io.patchbay.userspace {
    requires io.patchbay.spi;

    // The core binds configurations, settings and notes to the records here.
    opens io.patchbay.userspace;

    provides io.patchbay.spi.DelegateProvider with
            io.patchbay.userspace.VhostUserProvider,
            io.patchbay.userspace.MemifProvider;
}
