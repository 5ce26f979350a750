package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

    @Test
    void whatIsMadeIsTaggedForAmazonsToolsAndForOurs() {
        Identity identity = new Identity("i-1", Optional.of("blue"), Map.of("team", "network"));
        Creation creation =
                identity.creation(
                        EniConfig.NODE,
                        "subnet-b",
                        List.of("sg-1"),
                        Optional.empty(),
                        Order.prefixes(2),
                        NOW);
        assertThat(creation.tags())
                .isEqualTo(
                        Map.of(
                                "eks:eni:owner", "patchbay",
                                "node.k8s.amazonaws.com/instance_id", "i-1",
                                "node.k8s.amazonaws.com/createdAt", "2026-01-01T00:00:00Z",
                                "cluster.k8s.amazonaws.com/name", "blue",
                                "team", "network"));
        // Amazon's plugin, on another node, deletes what it describes itself.
        assertThat(creation.description()).contains("i-1").doesNotStartWith("aws-K8S-");
        assertThat(creation.token()).hasSizeLessThanOrEqualTo(64);
        assertThat(
                        identity.creation(
                                        EniConfig.NODE,
                                        "subnet-b",
                                        List.of(),
                                        Optional.empty(),
                                        Order.prefixes(2),
                                        NOW)
                                .token())
                .isNotEqualTo(creation.token());
    }

    @Test
    void whatAnInterfaceIsForIsInATag() {
        EniConfig config = new EniConfig(Optional.of("subnet-b"), List.of("sg-2", "sg-1"));
        Creation creation =
                new Identity("i-1", Optional.empty(), Map.of())
                        .creation(
                                config,
                                "subnet-b",
                                config.groups(),
                                Optional.empty(),
                                Order.addresses(1),
                                NOW);
        assertThat(creation.tags()).containsEntry("patchbay/eni-config", "subnet-b/sg-1+sg-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node.k8s.amazonaws.com/no_manage",
                "x.k8s.amazonaws.com/y",
                "eks:eni:owner",
                "patchbay/eni-config",
                "aws:cloudformation:stack"
            })
    void aTagThatWouldSayWhoseItIsIsRefused(String key) {
        assertThatThrownBy(() -> new Identity("i-1", Optional.empty(), Map.of(key, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + key + "\"");
    }

    @Test
    void timesOfAmazonsPluginAreReadToo() {
        assertThat(
                        Identity.createdAt(
                                Described.tagged(
                                        1, Identity.CREATED_AT, "2026-01-01T02:00:00+02:00")))
                .contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(Identity.createdAt(Described.tagged(1, Identity.CREATED_AT, "yesterday")))
                .isEmpty();
        assertThat(Identity.createdAt(Described.tagged(1))).isEmpty();
    }
}
