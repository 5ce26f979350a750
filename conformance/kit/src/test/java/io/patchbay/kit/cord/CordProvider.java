package io.patchbay.kit.cord;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.util.function.Function;

/// The type `cord`, which keeps every rule unless it is made of parts that do not.
public final class CordProvider<C extends Record & Panelled> implements DelegateProvider<C> {
    private final String type;
    private final int spiVersion;
    private final Class<C> configType;
    private final Function<DelegateContext, CordDelegate<C>> maker;

    @SuppressWarnings("unchecked") // ServiceLoader takes a class, and a class has no parameters.
    public CordProvider() {
        this("cord", Spi.VERSION, (Class<C>) CordConfig.class, CordDelegate::new);
    }

    CordProvider(
            String type,
            int spiVersion,
            Class<C> configType,
            Function<DelegateContext, CordDelegate<C>> maker) {
        this.type = type;
        this.spiVersion = spiVersion;
        this.configType = configType;
        this.maker = maker;
    }

    static CordProvider<CordConfig> of(Function<DelegateContext, CordDelegate<CordConfig>> maker) {
        return new CordProvider<>("cord", Spi.VERSION, CordConfig.class, maker);
    }

    static <C extends Record & Panelled> CordProvider<C> of(Class<C> config) {
        return new CordProvider<>("cord", Spi.VERSION, config, CordDelegate::new);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int spiVersion() {
        return spiVersion;
    }

    @Override
    public Class<C> configType() {
        return configType;
    }

    @Override
    public Delegate<C> create(DelegateContext context) {
        return maker.apply(context);
    }
}
