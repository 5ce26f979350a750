/// Plugins that change a link made before them in the chain: tuning and sbr.
module io.patchbay.chained {
    requires io.patchbay.spi;

    // The core binds configurations, settings and notes to the records here.
    opens io.patchbay.chained;

    provides io.patchbay.spi.DelegateProvider with
            io.patchbay.chained.TuningProvider,
            io.patchbay.chained.SourceRoutingProvider;
}
