package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.jar.ContainedProvider;
import io.patchbay.meta.jar.Found;
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
import org.jspecify.annotations.Nullable;

/// All delegates of the process. One that cannot work does not touch the others: its type answers
/// with the reason. A type that no provider claims is a binary of the plug-in path.
public final class Delegates implements Binding, AutoCloseable {
    private static final Logger LOG = System.getLogger(Delegates.class.getName());

    private final Map<String, ObjectNode> settings;
    private final Ports ports;
    private final AddressPort port;
    private final UnknownKeys unknown;
    private final Addresses addresses;
    private final Binaries binaries;
    private final Delegate<ForeignConfig> exec;
    private volatile SequencedMap<String, Loaded<?>> byType = new LinkedHashMap<>();
    private volatile List<String> problems = List.of();
    private boolean started;

    /// @param settings the sections of patchbay.yaml, by the delegate's type
    /// @param directories where binaries are looked for behind the request's CNI_PATH
    public Delegates(
            List<DelegateProvider<?>> providers,
            Map<String, ObjectNode> settings,
            Ports ports,
            Sources sources,
            List<Path> directories,
            UnknownKeys unknown) {
        this.settings = Map.copyOf(settings);
        this.ports = ports;
        this.port = sources.port();
        this.unknown = unknown;
        this.binaries = new Binaries(directories);
        this.exec = new ExecDelegate(ports.clock());
        this.addresses =
                new Addresses(
                        sources, type -> Optional.ofNullable(byType.get(type)), binaries, unknown);
        load(providers);
    }

    /// Takes what a look at third parties' jars came to.
    public void load(Found jars) {
        load(jars.providers());
        jars.refused().forEach(this::refuse);
        problems = jars.problems();
    }

    private synchronized void refuse(Found.Refused refused) {
        SequencedMap<String, Loaded<?>> all = new LinkedHashMap<>(byType);
        all.putIfAbsent(
                refused.type(),
                Loaded.refused(
                        refused.type(), refused.jar(), Standard.UNAVAILABLE, refused.sentence()));
        byType = all;
    }

    /// Creates more delegates, and starts them if the others are. A type that is there already
    /// stays whose it is; one that two of these claim is nobody's.
    private synchronized void load(List<? extends DelegateProvider<?>> providers) {
        SequencedMap<String, Loaded<?>> added = new LinkedHashMap<>();
        for (DelegateProvider<?> provider : providers) {
            load(provider, added);
        }
        if (started) {
            added.values().forEach(Loaded::start);
        }
        SequencedMap<String, Loaded<?>> all = new LinkedHashMap<>(byType);
        all.putAll(added);
        byType = all;
    }

    private void load(DelegateProvider<?> provider, SequencedMap<String, Loaded<?>> added) {
        try {
            String type = provider.type();
            int version = provider.spiVersion();
            Loaded<?> owner = byType.get(type);
            Loaded<?> twin = added.get(type);
            if (owner != null && !owner.isReplacedBy(owner(provider))) {
                LOG.log(
                        Level.ERROR,
                        "delegate {0} of {1} is left out: the type is that of {2}",
                        type,
                        owner(provider),
                        owner.owner());
            } else if (twin != null) {
                twin.close();
                added.put(
                        type,
                        refused(
                                type,
                                provider,
                                "delegate %s is claimed twice, by %s and by %s: remove one of them"
                                        .formatted(type, twin.owner(), owner(provider))));
            } else if (version != Spi.VERSION) {
                added.put(
                        type,
                        refused(
                                type,
                                provider,
                                "delegate %s of %s was built against version %d of the SPI: this is version %d"
                                        .formatted(type, owner(provider), version, Spi.VERSION)));
            } else {
                Context context =
                        new Context(type, settings.getOrDefault(type, Json.object()), ports);
                added.put(
                        type,
                        Loaded.create(type, owner(provider), provider, context, port, unknown));
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    Level.ERROR,
                    "provider " + owner(provider) + " does not say what it is: left out",
                    e);
        }
    }

    /// The jar, or in this process the class.
    private static String owner(DelegateProvider<?> provider) {
        return provider instanceof ContainedProvider<?> contained
                ? contained.jar().name()
                : provider.getClass().getName();
    }

    private static Loaded<?> refused(String type, DelegateProvider<?> provider, String sentence) {
        LOG.log(Level.ERROR, sentence);
        return Loaded.refused(type, owner(provider), Standard.INVALID_NETWORK_CONFIG, sentence);
    }

    /// Starts every delegate, whatever becomes of the others.
    public synchronized void start() {
        started = true;
        byType.values().forEach(Loaded::start);
    }

    /// Ends every delegate's loops and then the delegate, in reverse order.
    @Override
    public synchronized void close() {
        byType.reversed().values().forEach(Loaded::close);
    }

    /// The types that providers claim, whether they work or not.
    public Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }

    public Optional<Delegate<?>> find(String type) {
        return Optional.ofNullable(byType.get(type)).map(Loaded::delegate);
    }

    // A foreign plugin calls its IPAM plugin itself.
    @Override
    public PlannedStep settle(PlannedAttachment attachment, PlannedStep step) {
        Optional<String> type =
                byType.containsKey(step.type())
                        ? addresses.foreignType(step)
                        : Optional.of(step.type());
        return type.map(known ->
                        step.calling(Map.of(known, binary(known, attachment, step).toString())))
                .orElse(step);
    }

    private Path binary(String type, PlannedAttachment attachment, PlannedStep step) {
        return type.equals(step.type())
                ? foreign(attachment, step, "").binary()
                : binaries.get(type, attachment, step, "").binary();
    }

    // What a binary made is the binary's, whoever claims the type by now.
    private @Nullable Loaded<?> loaded(PlannedStep step) {
        return step.binaries().containsKey(step.type()) ? null : byType.get(step.type());
    }

    @Override
    public BoundStep<?> bind(PlannedAttachment attachment, PlannedStep step, String netns) {
        Loaded<?> loaded = loaded(step);
        return loaded == null
                ? bindForeign(attachment, step, netns)
                : bindNative(loaded, attachment, step, netns);
    }

    private BoundStep<ForeignConfig> bindForeign(
            PlannedAttachment attachment, PlannedStep step, String netns) {
        ForeignConfig config = foreign(attachment, step, netns);
        // A foreign plugin calls its IPAM plugin itself.
        return new BoundStep<>(
                attachment,
                step,
                exec,
                Optional.of(step.device().map(config::with).orElse(config)),
                Optional.empty(),
                Optional.empty());
    }

    /// A step as a binary of the plug-in path, even where a delegate claims its type: whoever made
    /// it called the binary, and the state is the binary's. Code 7 where there is none.
    ///
    /// @param netns CNI_NETNS; empty where the namespace is gone
    public ForeignConfig foreign(PlannedAttachment attachment, PlannedStep step, String netns) {
        try {
            return binaries.get(step.type(), attachment, step, netns);
        } catch (CniException e) {
            throw problems.isEmpty() ? e : perhapsOfJar(e);
        }
    }

    /// Which type a jar would have that cannot be loaded is not known.
    private CniException perhapsOfJar(CniException refusal) {
        return new CniException(
                refusal.code(),
                "%s; perhaps a jar has it that could not be loaded: %s"
                        .formatted(refusal.getMessage(), String.join("; ", problems)));
    }

    private <C extends Record> BoundStep<C> bindNative(
            Loaded<C> loaded, PlannedAttachment attachment, PlannedStep step, String netns) {
        String where = where(attachment, step);
        C config = loaded.bind(where, step.config().json());
        return new BoundStep<>(
                attachment,
                step,
                loaded.delegate(),
                Optional.of(config),
                addresses.find(attachment, step, netns),
                step.config().dns(where));
    }

    @Override
    public BoundStep<?> bindLeniently(
            PlannedAttachment attachment, PlannedStep step, String netns) {
        Loaded<?> loaded = loaded(step);
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
        return new BoundStep<>(
                attachment, step, loaded.delegate(), config, source, Optional.empty());
    }

    static String where(PlannedAttachment attachment, PlannedStep step) {
        return "network %s, plugin %s".formatted(attachment.title(), step.type());
    }
}
