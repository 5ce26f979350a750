package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.cni.CniResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The rest of the groups ADD and DEL: what a delegate that changes a link owes to those who made
/// it before. Of any other there is nothing to try.
public interface ChainRules<C extends Record> extends CheckRules {
    DelegateProvider<C> provider();

    /// A node whose networks may have one more type in their chains.
    NodeRig nodeWith(DelegateProvider<?> further);

    @Test
    default void add310_passesOnWhatWasToldBefore() {
        if (!isChained()) {
            return;
        }
        candidate().settled();
        Look look = new Look();
        try (NodeRig node = nodeWith(look);
                RigPod pod = new RigPod("add-310")) {
            CniResult result = node.add(pod, looking(node)).getFirst().result();
            CniResult before = look.told();
            assertThat(places(result)).as("links that are told").isEqualTo(places(before));
            assertThat(result.ips()).as("addresses that are told").isEqualTo(before.ips());
            assertThat(result.routes()).as("routes that are told").isEqualTo(before.routes());
            assertThat(result.dns()).as("DNS that is told").isEqualTo(before.dns());
            node.del(pod);
        }
    }

    private static List<String> places(CniResult result) {
        return result.interfaces().stream()
                .map(link -> link.name() + " in " + link.sandbox())
                .toList();
    }

    @Test
    default void del509_leavesTheLinkAsItCame() {
        if (!isChained()) {
            return;
        }
        candidate().settled();
        Look look = new Look();
        try (NodeRig node = nodeWith(look);
                RigPod pod = new RigPod("del-509")) {
            node.add(pod, looking(node));
            node.del(pod);
            assertThat(withoutOrigin(look.after()).since(withoutOrigin(look.before())))
                    .as("what DEL left of an ADD in a pod whose link stays")
                    .isEmpty();
        }
    }

    /// Whether the kernel made a route by itself or was told to cannot be put back.
    private static Snapshot withoutOrigin(Snapshot snapshot) {
        return new Snapshot(
                snapshot.parts().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        part -> withoutOrigin(part.getValue()))));
    }

    private static List<String> withoutOrigin(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\"protocol\":\"(kernel|static)\",?", ""))
                .sorted()
                .toList();
    }

    /// The network with a look at the pod just before the delegate.
    private String looking(NodeRig node) {
        String config = new Candidate(node, candidate().network()).config();
        ObjectNode list = (ObjectNode) Json.decode("the kit's network", config);
        ArrayNode plugins = list.withArray("plugins");
        for (int i = 0; i < plugins.size(); i++) {
            if (plugins.get(i).path("type").asText().equals(provider().type())) {
                plugins.insertObject(i).put("type", Look.TYPE);
                return list.toString();
            }
        }
        throw new AssertionError(
                "the network is no list with a plugin of type " + provider().type());
    }
}
