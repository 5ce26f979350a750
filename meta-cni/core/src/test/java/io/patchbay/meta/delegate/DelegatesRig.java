package io.patchbay.meta.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kernel.Kernel;
import io.patchbay.meta.delegate.Steps.PathOnly;
import io.patchbay.meta.delegate.Steps.Step;
import io.patchbay.meta.ipam.AddressSources;
import io.patchbay.meta.ipam.HostLocal;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Spi;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.net.Netns;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/// Delegates that write down what becomes of them.
abstract class DelegatesRig {
    static final Netns POD = new PathOnly("/run/netns/pod");

    @TempDir Path directory;
    final Changes changes = new Changes();
    final List<String> events = Collections.synchronizedList(new ArrayList<>());

    record Config(Optional<String> master) {}

    record Provider(String type, int spiVersion, Function<DelegateContext, Delegate<Config>> maker)
            implements DelegateProvider<Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Delegate<Config> create(DelegateContext context) {
            return maker.apply(context);
        }
    }

    class Recorder implements Delegate<Config> {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void start() {
            events.add("start " + name);
        }

        @Override
        public Attached add(Attachment<Config> attachment, Netns pod) {
            return Attached.of(CniResult.EMPTY);
        }

        @Override
        public void check(Attachment<Config> attachment, Netns pod) {}

        @Override
        public void del(Detachment<Config> detachment, Optional<Netns> pod) {
            events.add("del " + name);
        }

        @Override
        public void close() {
            events.add("close " + name);
        }
    }

    Provider recorder(String type) {
        return new Provider(type, Spi.VERSION, context -> new Recorder(type));
    }

    Delegates delegates(Provider... providers) {
        return delegates(Map.of(), providers);
    }

    Delegates delegates(Map<String, ObjectNode> settings, Provider... providers) {
        return delegates(settings, AddressPort.PLAIN, providers);
    }

    Delegates delegates(Map<String, ObjectNode> settings, AddressPort port, Provider... providers) {
        Ports ports =
                new Ports(
                        new PathOnly("/proc/1/ns/net"),
                        Kernel.pci(directory.resolve("machine")),
                        Kernel.ofThisMachine().directories(),
                        background -> new NoCluster(background, changes),
                        _ -> new NoMeters(),
                        InstantSource.system(),
                        new DurableFiles(directory.resolve("state")));
        return new Delegates(
                List.copyOf(Arrays.asList(providers)),
                settings,
                ports,
                AddressSources.ofThisNode(ports.clock(), port),
                List.of(directory.resolve("configured")),
                UnknownKeys.REFUSED);
    }

    static BoundStep<?> bind(Binding binding, PlannedAttachment attachment) {
        return binding.bind(attachment, attachment.steps().getFirst(), "/run/netns/pod");
    }

    static BoundStep<?> bindLeniently(Binding binding, PlannedAttachment attachment) {
        return binding.bindLeniently(attachment, attachment.steps().getFirst(), "");
    }

    static <C extends Record> void add(BoundStep<C> bound) {
        Step<C> step =
                new Step<>(
                        bound.config().orElseThrow(),
                        Optional.empty(),
                        Instant.now().plusSeconds(50));
        bound.delegate().probe(step, POD);
        bound.delegate().add(step, POD);
    }

    static <C extends Record> void del(BoundStep<C> bound) {
        Step<C> step =
                new Step<>(
                        bound.config().orElseThrow(),
                        Optional.empty(),
                        Instant.now().plusSeconds(50));
        bound.delegate().del(step.undone(), Optional.empty());
    }

    static <C extends Record> void status(BoundStep<C> bound) {
        bound.delegate().status(new NetworkConfig<>("red", bound.config().orElseThrow()));
    }

    static void assertRefused(Runnable call, int code, String sentence) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    /// A delegate that leases addresses as host-local does.
    Provider offering(String type) {
        return new Provider(
                type,
                Spi.VERSION,
                context ->
                        new Recorder(type) {
                            @Override
                            public Optional<AddressSource<?>> addresses() {
                                return Optional.of(new HostLocal());
                            }
                        });
    }
}
