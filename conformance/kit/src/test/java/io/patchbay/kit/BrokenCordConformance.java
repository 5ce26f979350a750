package io.patchbay.kit;

import io.patchbay.spi.DelegateProvider;
import java.util.Objects;

/// The rules on whichever delegate is at hand: run by {@link RunRules} alone.
class BrokenCordConformance<C extends Record> extends CordConformance<C> {
    /// JUnit makes the instances, on the thread that runs it.
    static final ThreadLocal<DelegateProvider<?>> PROVIDER = new ThreadLocal<>();

    private final DelegateProvider<?> provider = Objects.requireNonNull(PROVIDER.get());

    @Override
    @SuppressWarnings("unchecked") // C is whatever the provider at hand has.
    public DelegateProvider<C> provider() {
        return (DelegateProvider<C>) provider;
    }
}
