package io.patchbay.kit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kit.rig.Hardware;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rule.ChainRules;
import io.patchbay.kit.rule.ConfigRules;
import io.patchbay.kit.rule.OwnLinkRules;
import io.patchbay.kit.rule.OwnStateRules;
import io.patchbay.kit.rule.ProviderRules;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All rules for a delegate, tried one by one. An author extends it with two overrides: the
/// provider, and a network that works.
///
/// It needs network namespaces: root, or `unshare --user --map-root-user --net --mount` in front of
/// the build.
///
/// @param <C> the record of a network's configuration
public abstract class DelegateConformance<C extends Record> extends NetworkConformance
        implements ProviderRules<C>, ConfigRules<C>, OwnLinkRules, OwnStateRules<C>, ChainRules<C> {

    /// A new provider, as ServiceLoader makes it.
    @Override
    public abstract DelegateProvider<C> provider();

    /// New providers of what goes before the delegate in the chain of {@link #network}, for one
    /// that changes a link which others make; the network is a list of plugins then.
    public List<DelegateProvider<?>> before() {
        return List.of();
    }

    @Override
    public final boolean isChained() {
        return !before().isEmpty();
    }

    /// The core does not touch a delegate of another version, and rule 103 says so.
    @Override
    public void assumeLoaded() {
        assumeTrue(provider().spiVersion() == Spi.VERSION, "rule 103 comes first");
    }

    /// The section of patchbay.yaml under the delegate's type, as JSON.
    protected String settings() {
        return "{}";
    }

    /// What a node has beside its links, such as devices for pods. Asked anew for each node.
    protected Hardware hardware() {
        return Hardware.NONE;
    }

    @Override
    NodeRig newRig(Path state) {
        return rig(state, with(provider()));
    }

    @Override
    public final List<DelegateProvider<?>> with(DelegateProvider<?> provider) {
        return Stream.concat(before().stream(), Stream.<DelegateProvider<?>>of(provider)).toList();
    }

    @Override
    public final NodeRig nodeWith(DelegateProvider<?> further) {
        NodeRig node =
                rig(
                        emptyDirectory(),
                        Stream.concat(with(provider()).stream(), Stream.of(further)).toList());
        prepare(node);
        node.start();
        return node;
    }

    @Override
    public NodeRig bareNode() {
        NodeRig node = rig(emptyDirectory(), List.of());
        prepare(node);
        return node;
    }

    private NodeRig rig(Path state, List<DelegateProvider<?>> providers) {
        return new NodeRig(
                state,
                providers,
                Map.of(provider().type(), (ObjectNode) Json.decode("settings", settings())),
                hardware());
    }
}
