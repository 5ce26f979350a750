package io.patchbay.meta.jar;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// A third party's provider, asked once what it is. It makes delegates that are contained.
public final class ContainedProvider<C extends Record> implements DelegateProvider<C> {
    private final DelegateProvider<C> whole;
    private final String type;
    private final int spiVersion;
    private final Class<C> configType;
    private final Optional<Class<? extends Record>> settingsType;
    private final Calls calls;

    private ContainedProvider(DelegateProvider<C> whole, Identity<C> identity, Calls calls) {
        this.whole = whole;
        this.type = identity.type();
        this.spiVersion = identity.spiVersion();
        this.configType = identity.configType();
        this.settingsType = identity.settingsType();
        this.calls = calls;
    }

    /// What a provider says of itself.
    private record Identity<C extends Record>(
            String type,
            int spiVersion,
            Class<C> configType,
            Optional<Class<? extends Record>> settingsType) {
        static <C extends Record> Identity<C> of(DelegateProvider<C> provider) {
            return new Identity<>(
                    Objects.requireNonNull(provider.type(), "type() returned null"),
                    provider.spiVersion(),
                    Objects.requireNonNull(provider.configType(), "configType() returned null"),
                    Objects.requireNonNull(
                            provider.settingsType(), "settingsType() returned null"));
        }
    }

    /// Asks a provider what it is. One that does not say so is a CniException that names the jar.
    ///
    /// @param asking the calls until it is known
    static <C extends Record> ContainedProvider<C> of(
            DelegateProvider<C> provider, Calls asking, InstantSource clock) {
        Identity<C> identity = asking.get(Verb.LOAD, () -> Identity.of(provider));
        String title = "delegate %s of %s".formatted(identity.type(), asking.jar().name());
        Trouble trouble = new Trouble(title, OptionalInt.of(identity.spiVersion()), clock);
        return new ContainedProvider<>(provider, identity, asking.of(title, trouble));
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
    public Optional<Class<? extends Record>> settingsType() {
        return settingsType;
    }

    @Override
    public Delegate<C> create(DelegateContext context) {
        Delegate<C> delegate =
                calls.create(() ->
                        Objects.requireNonNull(
                                whole.create(new ContainedContext(context, calls)),
                                "create returned null"));
        return new ContainedDelegate<>(delegate, calls);
    }

    public Jar jar() {
        return calls.jar();
    }
}
