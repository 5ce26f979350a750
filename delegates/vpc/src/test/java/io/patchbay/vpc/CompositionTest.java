package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.spi.cni.CniException;
import io.patchbay.vpc.modes.Feature;
import io.patchbay.vpc.modes.Mode;
import io.patchbay.vpc.modes.Modes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompositionTest {
    private static VpcSettings settings(String json) {
        return ConfigBinder.settings("vpc", Json.decodeObject("vpc", json), VpcSettings.class);
    }

    private static VpcConfig network(String json) {
        return ConfigBinder.config(
                "network",
                Json.decodeObject("network", json),
                VpcConfig.class,
                UnknownKeys.REFUSED);
    }

    /// As the settings are read, and then the networks.
    private static Optional<String> refusal(Mode mode) {
        try {
            Composition composition = settings(mode.settings().toString()).composition(Map.of());
            return composition
                    .refusal(network(mode.network().toString()), mode.takesVlans())
                    .or(() ->
                            mode.furtherNetwork()
                                    .flatMap(further ->
                                            composition.refusal(
                                                    network(further.toString()), false)));
        } catch (CniException e) {
            assertThat(e.code().value()).isEqualTo(7);
            return Optional.ofNullable(e.getMessage());
        }
    }

    static List<Mode> modes() {
        return Modes.ALL;
    }

    @ParameterizedTest
    @MethodSource("modes")
    void whatTheTableOfModesHasIsAccepted(Mode mode) {
        assertThat(refusal(mode)).isEmpty();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Feature.values())
                .flatMap(one ->
                        EnumSet.range(Feature.PREFIXES, one).stream()
                                .filter(other -> !other.isAlternativeTo(one))
                                .map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whateverIsSaidTogetherIsInTheTableOfModesOrRefusedByName(Feature one, Feature other) {
        Optional<String> refusal = refusal(Mode.of("both", "", one, other));
        boolean shown = Modes.ALL.stream().anyMatch(mode -> mode.has(one) && mode.has(other));

        assertThat(shown).as("refused: %s", refusal).isEqualTo(refusal.isEmpty());
        refusal.ifPresent(sentence ->
                assertThat(sentence).contains(one.word(), other.word()).contains("take "));
    }

    @ParameterizedTest
    @CsvSource({"customNetworking, 1, 2", "'customNetworking, securityGroupsForPods', 2, 3"})
    void aNodeHasRoomForInterfacesThatCarryPods(String sections, int most, int least) {
        String enabled =
                Stream.of(sections.split(", ", -1))
                        .map(section -> ", \"%s\": {\"enabled\": true}".formatted(section))
                        .collect(Collectors.joining());
        IntFunction<VpcSettings> settings =
                max -> settings("{\"pool\": {\"maxInterfaces\": %d}%s}".formatted(max, enabled));
        assertThatThrownBy(() -> settings.apply(most))
                .hasMessageContaining("\"customNetworking.enabled\"")
                .hasMessageContaining("\"pool.maxInterfaces\" (MAX_ENI) is " + most)
                .hasMessageContaining("make it %d or more".formatted(least));
        assertThat(settings.apply(least)).isNotNull();
    }

    @Test
    void anInterfaceOfANetworkNeedsRoomToo() {
        Composition one = settings("{\"pool\": {\"maxInterfaces\": 1}}").composition(Map.of());
        assertThat(one.refusal(network("{\"securityGroups\": [\"sg-0d\"]}"), false))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence)
                                .contains(
                                        "\"securityGroups\" is [sg-0d]", "\"pool.maxInterfaces\""));
        assertThat(one.refusal(network("{}"), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG, ENABLE_IMDS_ONLY_MODE",
        "ENABLE_POD_ENI, DISABLE_NETWORK_RESOURCE_PROVISIONING"
    })
    void whatTheEnvironmentSaysCountsAsWell(String key, String mode) {
        VpcSettings none = settings("{}");
        assertThat(none.composition(Map.of(key, "true")).refusal()).isEmpty();
        assertThat(none.composition(Map.of(key, "true", mode, "true")).refusal())
                .hasValueSatisfying(sentence -> assertThat(sentence).contains(key, mode));
    }

    /// Amazon's manifest has both, and means those of a cluster of IPv6.
    @Test
    void aSecondFamilyThatTheEnvironmentAloneSaysIsForPodsThatLackIt() {
        assertThat(
                        settings("{\"families\": [\"ipv4\"]}")
                                .composition(
                                        Map.of(
                                                "ENABLE_V4_EGRESS", "true",
                                                "ENABLE_V6_EGRESS", "true"))
                                .refusal())
                .isEmpty();
    }

    @Test
    void severalAddressesAreRefusedToBranchPodsAlone() {
        Composition branches =
                settings("{\"securityGroupsForPods\": {\"enabled\": true}}").composition(Map.of());
        VpcConfig several = network("{\"count\": 3}");
        assertThat(branches.refusal(several, false)).isEmpty();
        assertThat(branches.refusal(several, true))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence)
                                .contains("\"count\" is 3", "vpc.amazonaws.com/pod-eni"));
    }
}
