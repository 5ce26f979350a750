package io.patchbay.chained;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.util.Optional;

/// The type `tuning`.
public final class TuningProvider implements DelegateProvider<TuningConfig> {
    @Override
    public String type() {
        return "tuning";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<TuningConfig> configType() {
        return TuningConfig.class;
    }

    @Override
    public Optional<Class<? extends Record>> settingsType() {
        return Optional.of(TuningSettings.class);
    }

    @Override
    public Delegate<TuningConfig> create(DelegateContext context) {
        return new TuningDelegate(
                Allowlist.of(context.settings(TuningSettings.class)),
                new Book<>(context.journal("baselines", Baseline.class)),
                context.host());
    }
}
