package com.example.hello;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;

/// The CNI type `hello`, as META-INF/services names it.
public final class HelloProvider implements DelegateProvider<HelloConfig> {
    @Override
    public String type() {
        return "hello";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<HelloConfig> configType() {
        return HelloConfig.class;
    }

    @Override
    public Delegate<HelloConfig> create(DelegateContext context) {
        return new HelloDelegate(context);
    }
}
