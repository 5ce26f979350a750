package io.patchbay.kit.cord;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.util.function.Function;

/// The type `braid`, which comes behind a cord in the chain and keeps every rule, unless it is made
/// of parts that do not.
public final class BraidProvider implements DelegateProvider<BraidConfig> {
    public static final String TYPE = "braid";

    private final Function<DelegateContext, BraidDelegate> maker;

    public BraidProvider() {
        this(BraidDelegate::new);
    }

    BraidProvider(Function<DelegateContext, BraidDelegate> maker) {
        this.maker = maker;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<BraidConfig> configType() {
        return BraidConfig.class;
    }

    @Override
    public Delegate<BraidConfig> create(DelegateContext context) {
        return maker.apply(context);
    }
}
