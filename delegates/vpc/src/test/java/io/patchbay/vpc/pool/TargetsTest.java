package io.patchbay.vpc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Order.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    private static final InstanceLimits LIMITS = new InstanceLimits(List.of(3), 10, true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    | ADDRESSES | Proportional[]
                    ENABLE_PREFIX_DELEGATION=true | PREFIXES | Proportional[]
                    ENABLE_PREFIX_DELEGATION=T | PREFIXES | Proportional[]
                    ENABLE_PREFIX_DELEGATION=0 | ADDRESSES | Proportional[]
                    WARM_ENI_TARGET=1 | ADDRESSES | Interfaces[warm=1]
                    WARM_ENI_TARGET=0 | ADDRESSES | Interfaces[warm=0]
                    WARM_ENI_TARGET= | ADDRESSES | Proportional[]
                    WARM_ENI_TARGET=1 WARM_PREFIX_TARGET=2 | ADDRESSES | Interfaces[warm=1]
                    WARM_ENI_TARGET=1 WARM_PREFIX_TARGET=2 ENABLE_PREFIX_DELEGATION=true | PREFIXES | Prefixes[warm=2]
                    WARM_ENI_TARGET=1 ENABLE_PREFIX_DELEGATION=true | PREFIXES | Proportional[]
                    WARM_ENI_TARGET=1 WARM_IP_TARGET=5 | ADDRESSES | Addresses[warm=5, minimum=0]
                    WARM_ENI_TARGET=1 WARM_IP_TARGET=0 | ADDRESSES | Interfaces[warm=1]
                    MINIMUM_IP_TARGET=20 | ADDRESSES | Addresses[warm=0, minimum=20]
                    WARM_PREFIX_TARGET=1 WARM_IP_TARGET=5 MINIMUM_IP_TARGET=20 ENABLE_PREFIX_DELEGATION=true | PREFIXES | Addresses[warm=5, minimum=20]
                    WARM_PREFIX_TARGET=0 WARM_ENI_TARGET=1 ENABLE_PREFIX_DELEGATION=true | PREFIXES | Prefixes[warm=0]
                    """)
    void theVariablesOfTheVpcCniMeanWhatTheyMeanThere(String variables, Kind kind, String stock) {
        Targets targets = Targets.of(PoolSettings.NONE, environment(variables));
        assertThat(targets.kind()).isEqualTo(kind);
        assertThat(targets.stock()).hasToString(stock);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    WARM_IP_TARGET=five | WARM_IP_TARGET is "five"
                    WARM_IP_TARGET=-1 | WARM_IP_TARGET is "-1"
                    MINIMUM_IP_TARGET=1.5 | MINIMUM_IP_TARGET is "1.5"
                    WARM_ENI_TARGET=99999999999 | WARM_ENI_TARGET is "99999999999"
                    WARM_PREFIX_TARGET=x | WARM_PREFIX_TARGET is "x"
                    MAX_ENI=many | MAX_ENI is "many"
                    ENABLE_PREFIX_DELEGATION=yes | ENABLE_PREFIX_DELEGATION is "yes": it is true or false
                    DISABLE_NETWORK_RESOURCE_PROVISIONING=off | DISABLE_NETWORK_RESOURCE_PROVISIONING is "off"
                    WARM_PREFIX_TARGET=0 ENABLE_PREFIX_DELEGATION=true | WARM_PREFIX_TARGET is "0" with ENABLE_PREFIX_DELEGATION
                    """)
    void aBadValueIsRefusedByName(String variables, String words) {
        assertThatThrownBy(() -> Targets.of(PoolSettings.NONE, environment(variables)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"MAX_ENI=2, 2", "MAX_ENI=0,", "MAX_ENI=-1,", "X=1,"})
    void aMaximumBelowOneIsNone(String variables, Integer most) {
        assertThat(Targets.of(PoolSettings.NONE, environment(variables)).maxEnis())
                .isEqualTo(most == null ? OptionalInt.empty() : OptionalInt.of(most));
    }

    @Test
    void nothingIsProvisionedWhereThatIsDisabled() {
        assertThat(Targets.of(PoolSettings.NONE, Map.of()).provisions()).isTrue();
        assertThat(
                        Targets.of(
                                        PoolSettings.NONE,
                                        Map.of("DISABLE_NETWORK_RESOURCE_PROVISIONING", "true"))
                                .provisions())
                .isFalse();
    }

    @Test
    void theSettingsWin() {
        Map<String, String> variables =
                environment(
                        "ENABLE_PREFIX_DELEGATION=true WARM_IP_TARGET=9 MAX_ENI=2 DISABLE_NETWORK_RESOURCE_PROVISIONING=true");
        PoolSettings settings =
                new PoolSettings(
                        Optional.of(false),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(2),
                        Optional.empty(),
                        Optional.of(4),
                        Optional.of(110),
                        Optional.of(true));
        assertThat(Targets.of(settings, variables))
                .isEqualTo(
                        new Targets(
                                Kind.ADDRESSES,
                                new Stock.Interfaces(2),
                                OptionalInt.of(4),
                                OptionalInt.of(110),
                                true));
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        assertThatThrownBy(() -> warm(Optional.of(-1), Optional.empty(), Optional.empty()))
                .hasMessage("\"warmAddresses\" is -1: it is 0 or more");
        assertThatThrownBy(() -> warm(Optional.empty(), Optional.empty(), Optional.of(1)))
                .hasMessageContaining("\"warmPrefixes\" is 1 while \"prefixes\" is false");
        assertThatThrownBy(() ->
                        Targets.of(
                                warm(Optional.empty(), Optional.of(1), Optional.empty()),
                                Map.of("ENABLE_PREFIX_DELEGATION", "true")))
                .hasMessageContaining("\"warmInterfaces\" is 1 while \"prefixes\" is true");
    }

    private static PoolSettings warm(
            Optional<Integer> addresses, Optional<Integer> interfaces, Optional<Integer> prefixes) {
        return new PoolSettings(
                Optional.empty(),
                addresses,
                Optional.empty(),
                interfaces,
                prefixes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theCooldownIsTheSettingsOrTheVariables() {
        Map<String, String> variables = Map.of("IP_COOLDOWN_PERIOD", "60");
        assertThat(Targets.cooldown(Optional.empty(), variables)).contains(Duration.ofMinutes(1));
        assertThat(Targets.cooldown(Optional.of(5), variables)).contains(Duration.ofSeconds(5));
        assertThat(Targets.cooldown(Optional.empty(), Map.of())).isEmpty();
        assertThatThrownBy(() ->
                        Targets.cooldown(Optional.empty(), Map.of("IP_COOLDOWN_PERIOD", "30s")))
                .hasMessageContaining("IP_COOLDOWN_PERIOD is \"30s\"");
    }

    @ParameterizedTest
    @CsvSource({
        // used, and what is kept by default: a tenth, of 4 to 32, and up to twice that after growth
        "ENABLE_PREFIX_DELEGATION=true,   0,  4,  8, 40",
        "ENABLE_PREFIX_DELEGATION=true, 100, 10, 20, 52",
        "ENABLE_PREFIX_DELEGATION=true, 900, 32, 64, 128",
        "X=1,                            20,  4,  8, 16",
        "WARM_IP_TARGET=5,               20,  5,  5, 8",
        "WARM_IP_TARGET=2 MINIMUM_IP_TARGET=30, 20, 10, 10, 15",
        "WARM_IP_TARGET=2 MINIMUM_IP_TARGET=30, 50, 2, 2, 3",
        "WARM_ENI_TARGET=1,              20,  9,  9, 21",
        "WARM_ENI_TARGET=0,              20,  1,  1, 13",
        "WARM_PREFIX_TARGET=1 ENABLE_PREFIX_DELEGATION=true, 20, 16, 16, 47",
    })
    void theMarksFollowFromTheTargetsAndTheNumberOfPods(
            String variables, int used, int low, int fill, int high) {
        Band band = Targets.of(PoolSettings.NONE, environment(variables)).band(used, LIMITS);
        assertThat(band).isEqualTo(new Band(low, fill, high, variables.startsWith("WARM_ENI")));
    }

    @Test
    void nothingIsKeptWarmForPodsThatTheNodeDoesNotTake() {
        Targets targets =
                new Targets(
                        Kind.PREFIXES,
                        new Stock.Prefixes(2),
                        OptionalInt.empty(),
                        OptionalInt.of(110),
                        true);
        assertThat(targets.band(100, LIMITS).fill()).isEqualTo(10);
        assertThat(targets.band(120, LIMITS).low()).isZero();
    }

    private static Map<String, String> environment(String variables) {
        return variables == null
                ? Map.of()
                : Arrays.stream(variables.split(" "))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
