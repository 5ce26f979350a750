package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/// All delegates of the process. One that cannot work does not touch the others: its type answers
/// with the reason. A type that no provider claims is a binary of the plug-in path.
public final class Delegates implements Binding, AutoCloseable {
    private static final Logger LOG = System.getLogger(Delegates.class.getName());

    private final SequencedMap<String, Loaded<?>> byType = new LinkedHashMap<>();
    private final Addresses addresses;
    private final Binaries binaries;
    private final Delegate<ForeignConfig> exec;

    /// @param settings the sections of patchbay.yaml, by the delegate's type
    /// @param directories where binaries are looked for behind the request's CNI_PATH
    public Delegates(
            List<DelegateProvider<?>> providers,
            Map<String, ObjectNode> settings,
            Ports ports,
            Sources sources,
            List<Path> directories,
            UnknownKeys unknown) {
        this.binaries = new Binaries(directories);
        this.exec = new ExecDelegate(ports.clock());
        for (DelegateProvider<?> provider : providers) {
            load(provider, settings, ports, sources.port(), unknown);
        }
        this.addresses = new Addresses(sources, byType, binaries, unknown);
    }

    private void load(
            DelegateProvider<?> provider,
            Map<String, ObjectNode> settings,
            Ports ports,
            AddressPort port,
            UnknownKeys unknown) {
        String name = provider.getClass().getName();
        try {
            String type = provider.type();
            int version = provider.spiVersion();
            Loaded<?> earlier = byType.get(type);
            if (earlier != null) {
                earlier.close();
                refuse(type, "delegate %s is claimed twice, by %s too".formatted(type, name));
            } else if (version != Spi.VERSION) {
                refuse(
                        type,
                        "delegate %s (%s) was built against version %d of the SPI: this is version %d"
                                .formatted(type, name, version, Spi.VERSION));
            } else {
                Context context =
                        new Context(type, settings.getOrDefault(type, Json.object()), ports);
                byType.put(type, Loaded.create(type, provider, context, port, unknown));
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "provider " + name + " does not say what it is: left out", e);
        }
    }

    private void refuse(String type, String sentence) {
        LOG.log(Level.ERROR, sentence);
        byType.put(type, Loaded.refused(type, Standard.INVALID_NETWORK_CONFIG, sentence));
    }

    /// Starts every delegate, whatever becomes of the others.
    public void start() {
        byType.values().forEach(Loaded::start);
    }

    /// Ends every delegate's loops and then the delegate, in reverse order.
    @Override
    public void close() {
        byType.reversed().values().forEach(Loaded::close);
    }

    /// The types that providers claim, whether they work or not.
    public Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }

    public Optional<Delegate<?>> find(String type) {
        return Optional.ofNullable(byType.get(type)).map(Loaded::delegate);
    }

    @Override
    public BoundStep<?> bind(PlannedAttachment attachment, PlannedStep step, String netns) {
        Loaded<?> loaded = byType.get(step.type());
        return loaded == null
                ? bindForeign(attachment, step, netns)
                : bindNative(loaded, attachment, step, netns);
    }

    private BoundStep<ForeignConfig> bindForeign(
            PlannedAttachment attachment, PlannedStep step, String netns) {
        ForeignConfig config = binaries.get(step.type(), attachment, step, netns);
        // A foreign plugin calls its IPAM plugin itself.
        return new BoundStep<>(
                attachment,
                step,
                exec,
                Optional.of(step.device().map(config::with).orElse(config)),
                Optional.empty());
    }

    /// A step as a binary of the plug-in path, even where a delegate claims its type: whoever made
    /// it called the binary, and the state is the binary's. Code 7 where there is none.
    ///
    /// @param netns CNI_NETNS; empty where the namespace is gone
    public ForeignConfig foreign(PlannedAttachment attachment, PlannedStep step, String netns) {
        return binaries.get(step.type(), attachment, step, netns);
    }

    private <C extends Record> BoundStep<C> bindNative(
            Loaded<C> loaded, PlannedAttachment attachment, PlannedStep step, String netns) {
        C config = loaded.bind(where(attachment, step), step.config().json());
        return new BoundStep<>(
                attachment,
                step,
                loaded.delegate(),
                Optional.of(config),
                addresses.find(attachment, step, netns));
    }

    @Override
    public BoundStep<?> bindLeniently(
            PlannedAttachment attachment, PlannedStep step, String netns) {
        Loaded<?> loaded = byType.get(step.type());
        return loaded == null
                ? bindForeign(attachment, step, netns)
                : bindLeniently(loaded, attachment, step, netns);
    }

    private <C extends Record> BoundStep<C> bindLeniently(
            Loaded<C> loaded, PlannedAttachment attachment, PlannedStep step, String netns) {
        Optional<C> config;
        try {
            config = Optional.of(loaded.bind(where(attachment, step), step.config().json()));
        } catch (CniException e) {
            LOG.log(Level.WARNING, "undone without its configuration: {0}", e.getMessage());
            config = Optional.empty();
        }
        Optional<BoundSource<?>> source;
        try {
            source = addresses.find(attachment, step, netns);
        } catch (CniException e) {
            source =
                    Optional.of(
                            new RefusingSource(e.code(), String.valueOf(e.getMessage())).bound());
        }
        return new BoundStep<>(attachment, step, loaded.delegate(), config, source);
    }

    static String where(PlannedAttachment attachment, PlannedStep step) {
        return "network %s, plugin %s".formatted(attachment.title(), step.type());
    }
}
