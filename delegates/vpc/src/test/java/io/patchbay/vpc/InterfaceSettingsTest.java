package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterfaceSettingsTest {
    private static final Map<String, String> VARIABLES =
            Map.of(
                    "ENABLE_SUBNET_DISCOVERY", "false",
                    "CLUSTER_NAME", "blue",
                    "MANAGE_UNTAGGED_ENI", "false",
                    "DISABLE_LEAKED_ENI_CLEANUP", "true");

    @Test
    void withoutAWordAllIsTaken() {
        assertThat(InterfaceSettings.NONE.policy(Map.of()))
                .isEqualTo(new InterfacePolicy(true, Optional.empty(), Map.of(), true, true));
    }

    @Test
    void theVariablesOfTheVpcCniAreUnderstood() {
        assertThat(InterfaceSettings.NONE.policy(VARIABLES))
                .isEqualTo(new InterfacePolicy(false, Optional.of("blue"), Map.of(), false, false));
    }

    @Test
    void theSettingsComeBeforeThem() {
        InterfaceSettings settings =
                new InterfaceSettings(
                        Optional.of(true),
                        Optional.of("green"),
                        Map.of("team", "ran"),
                        Optional.of(true),
                        Optional.of(true));

        assertThat(settings.policy(VARIABLES))
                .isEqualTo(
                        new InterfacePolicy(
                                true, Optional.of("green"), Map.of("team", "ran"), true, true));
    }

    @Test
    void aBadVariableIsNamedWithItsValue() {
        assertThatThrownBy(() ->
                        InterfaceSettings.NONE.policy(Map.of("MANAGE_UNTAGGED_ENI", "perhaps")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MANAGE_UNTAGGED_ENI is \"perhaps\"");
    }
}
