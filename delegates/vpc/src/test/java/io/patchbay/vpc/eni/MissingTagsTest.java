package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingTagsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Role.Rules RULES = new Role.Rules(true, Set.of());
    private static final Identity IDENTITY =
            new Identity("i-1", Optional.of("blue"), Map.of("team", "ran"));

    private static Map<String, Map<String, String>> missing(NetworkInterface... attached) {
        return MissingTags.of(IDENTITY, List.of(attached), RULES, NOW).byEni();
    }

    @Test
    void whatWasMadeByHandGetsAllButAnOwner() {
        assertThat(missing(Described.tagged(1)))
                .isEqualTo(
                        Map.of(
                                "eni-1",
                                Map.of(
                                        Identity.INSTANCE,
                                        "i-1",
                                        Identity.CREATED_AT,
                                        "2026-01-01T00:00:00Z",
                                        Identity.CLUSTER,
                                        "blue",
                                        "team",
                                        "ran")));
    }

    @Test
    void whatAmazonsPluginTaggedStaysAsItIs() {
        NetworkInterface theirs =
                Described.of(
                        1,
                        "interface",
                        "subnet-a",
                        Map.of(
                                Identity.OWNER,
                                "amazon-vpc-cni",
                                Identity.INSTANCE,
                                "i-1",
                                Identity.CREATED_AT,
                                "2025-12-01T00:00:00Z",
                                "team",
                                "core"),
                        List.of());
        assertThat(missing(theirs)).isEqualTo(Map.of("eni-1", Map.of(Identity.CLUSTER, "blue")));
    }

    @Test
    void anInterfaceThatWasAnotherNodesIsThisOnesNow() {
        assertThat(missing(Described.tagged(1, Identity.INSTANCE, "i-2")).get("eni-1"))
                .containsEntry(Identity.INSTANCE, "i-1");
    }

    @Test
    void nothingIsSaidOfInterfacesThatAreNotTakenOver() {
        assertThat(
                        missing(
                                Described.tagged(0),
                                Described.tagged(1, Identity.OWNER, Identity.PATCHBAY),
                                Described.tagged(2, "node.k8s.amazonaws.com/no_manage", "true"),
                                Described.of(3, "efa", "subnet-a", Map.of(), List.of())))
                .isEmpty();
    }

    @Test
    void eachIsTaggedByACallOfItsOwn() {
        Map<String, Map<String, String>> tagged = new HashMap<>();
        MissingTags missing =
                MissingTags.of(
                        IDENTITY, List.of(Described.tagged(1), Described.tagged(2)), RULES, NOW);
        missing.repair(
                new PartOfEc2() {
                    @Override
                    public void tag(String eni, Map<String, String> tags) {
                        tagged.put(eni, tags);
                    }
                });
        assertThat(tagged).isEqualTo(missing.byEni()).hasSize(2);
    }
}
