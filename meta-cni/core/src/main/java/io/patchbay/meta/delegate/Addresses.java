package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.AddressSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Finds the address source of a step's `ipam` section: one that is built in, a delegate's, or a
/// binary of the plug-in path.
final class Addresses {
    /// The reference plugin, a client of whatever server is in the network; no key of the protocol
    /// tells that a binary needs the link.
    private static final String DHCP = "dhcp";

    private final Map<String, AddressSource<?>> builtIn = new HashMap<>();
    private final AddressSource<ForeignConfig> foreign;
    private final Function<String, Optional<Loaded<?>>> delegates;
    private final Binaries binaries;
    private final UnknownKeys unknown;

    /// @param delegates finds the delegate of a type
    Addresses(
            Sources sources,
            Function<String, Optional<Loaded<?>>> delegates,
            Binaries binaries,
            UnknownKeys unknown) {
        sources.builtIn()
                .forEach((type, source) -> builtIn.put(type, sources.port().decorate(source)));
        this.foreign = sources.port().decorate(sources.foreign());
        this.delegates = delegates;
        this.binaries = binaries;
        this.unknown = unknown;
    }

    Optional<BoundSource<?>> find(PlannedAttachment attachment, PlannedStep step, String netns) {
        return step.config().ipam().map(section -> get(section, attachment, step, netns));
    }

    private BoundSource<?> get(
            ObjectNode section, PlannedAttachment attachment, PlannedStep step, String netns) {
        String type = section.path("type").asText();
        String where = Delegates.where(attachment, step);
        if (step.binaries().containsKey(type)) {
            return foreign(type, attachment, step, netns);
        }
        AddressSource<?> source = builtIn.get(type);
        if (source != null) {
            return bind(source, section, where);
        }
        Optional<Loaded<?>> delegate = delegates.apply(type);
        if (delegate.isPresent()) {
            return bind(
                    delegate.get().addresses().orElseThrow(() -> none(type, where)),
                    section,
                    where);
        }
        return foreign(type, attachment, step, netns);
    }

    private BoundSource<?> foreign(
            String type, PlannedAttachment attachment, PlannedStep step, String netns) {
        return new BoundSource<>(
                foreign,
                binaries.get(type, attachment, step, netns),
                type.equals(DHCP),
                ForeignConfig::after);
    }

    /// The type of a step's `ipam` section, where only a binary can have it.
    Optional<String> foreignType(PlannedStep step) {
        return step.config()
                .ipam()
                .map(section -> section.path("type").asText())
                .filter(type -> !builtIn.containsKey(type) && delegates.apply(type).isEmpty());
    }

    private <S extends Record> BoundSource<?> bind(
            AddressSource<S> source, ObjectNode section, String where) {
        if (source instanceof RefusingSource refusing) {
            return refusing.bound();
        }
        return new BoundSource<>(
                source, ConfigBinder.ipam(where, section, source.configType(), unknown));
    }

    private static CniException none(String type, String where) {
        return CniException.invalidConfig(
                "%s, key \"ipam.type\": delegate \"%s\" offers no addresses"
                        .formatted(where, type));
    }
}
