package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.AddressSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BiFunction;

/// A type that a provider claims: its delegate, or why there is none.
final class Loaded<C extends Record> {
    private static final Logger LOG = System.getLogger(Loaded.class.getName());

    private final String type;
    private final String owner;
    private final BiFunction<String, ObjectNode, C> binder;
    private final Optional<Context> context;
    private final Optional<Delegate<C>> created;
    private final Optional<AddressSource<?>> addresses;
    private volatile Delegate<C> delegate;

    /// The configuration of a delegate that is not there: whatever was written.
    record Anything() {}

    private Loaded(
            String type,
            String owner,
            BiFunction<String, ObjectNode, C> binder,
            Optional<Context> context,
            Optional<Delegate<C>> created,
            Optional<AddressSource<?>> addresses,
            Delegate<C> delegate) {
        this.type = type;
        this.owner = owner;
        this.binder = binder;
        this.context = context;
        this.created = created;
        this.addresses = addresses;
        this.delegate = delegate;
    }

    static Loaded<?> refused(String type, String owner, Standard code, String sentence) {
        return new Loaded<>(
                type,
                owner,
                (where, json) -> new Anything(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new RefusingSource(code, sentence)),
                new Refusing<Anything>(code, sentence));
    }

    /// Creates a delegate; what it throws becomes what its type answers.
    static <C extends Record> Loaded<?> create(
            String type,
            String owner,
            DelegateProvider<C> provider,
            Context context,
            AddressPort port,
            UnknownKeys unknown) {
        try {
            Class<C> config = provider.configType();
            Delegate<C> delegate = provider.create(context);
            return new Loaded<>(
                    type,
                    owner,
                    (where, json) -> bind(where, json, config, unknown),
                    Optional.of(context),
                    Optional.of(delegate),
                    delegate.addresses().map(source -> port.decorate(source)),
                    delegate);
        } catch (RuntimeException | LinkageError e) {
            context.close();
            String sentence = "delegate %s could not be created: %s".formatted(type, reason(e));
            LOG.log(Level.ERROR, sentence, e);
            return refused(type, owner, Standard.UNAVAILABLE, sentence);
        }
    }

    private static String reason(Throwable failure) {
        return failure instanceof CniException refusal
                ? String.valueOf(refusal.getMessage())
                : failure.toString();
    }

    /// The constructor of a record is its delegate's code.
    private static <C extends Record> C bind(
            String where, ObjectNode json, Class<C> config, UnknownKeys unknown) {
        try {
            return ConfigBinder.config(where, json, config, unknown);
        } catch (IllegalStateException | StackOverflowError | LinkageError e) {
            throw new CniException(
                    Standard.INTERNAL,
                    "%s: its delegate cannot read it: %s".formatted(where, e),
                    e);
        }
    }

    /// Starts the delegate. Where that fails, it makes nothing new, but undoes what there is.
    void start() {
        created.ifPresent(whole -> {
            try {
                whole.start();
            } catch (RuntimeException | LinkageError e) {
                String sentence = "delegate %s did not start: %s".formatted(type, reason(e));
                LOG.log(Level.ERROR, sentence, e);
                delegate = new Unstarted<>(whole, sentence);
            }
        });
    }

    /// Ends the loops, then the delegate.
    void close() {
        context.ifPresent(Context::close);
        created.ifPresent(whole -> {
            try {
                whole.close();
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.ERROR, "delegate " + type + " did not close cleanly", e);
            }
        });
    }

    C bind(String where, ObjectNode json) {
        return binder.apply(where, json);
    }

    Delegate<C> delegate() {
        return delegate;
    }

    /// Whose it is: a provider of this process, or a jar.
    String owner() {
        return owner;
    }

    /// Whether another provider of the same owner may have the type: there never was a delegate.
    boolean isReplacedBy(String other) {
        return created.isEmpty() && owner.equals(other);
    }

    /// Empty where it works but offers no addresses.
    Optional<AddressSource<?>> addresses() {
        return addresses;
    }
}
