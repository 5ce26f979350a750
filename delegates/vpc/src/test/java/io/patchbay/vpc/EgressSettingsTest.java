package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.EgressPolicy;
import io.patchbay.vpc.plumbing.EgressPolicy.Snat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressSettingsTest {
    private static EgressSettings settings(@Nullable String snat, List<String> excluded) {
        return new EgressSettings(
                Optional.ofNullable(snat),
                Optional.empty(),
                Optional.empty(),
                excluded,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void withoutAWordItIsAsAmazonsPluginDoes() {
        assertThat(EgressSettings.NONE.policy(Map.of())).isEqualTo(EgressPolicy.AMAZON);
    }

    @Test
    void theVariablesOfTheVpcCniAreUnderstood() {
        assertThat(
                        EgressSettings.NONE.policy(
                                Map.of(
                                        "AWS_VPC_K8S_CNI_RANDOMIZESNAT", "hashrandom",
                                        "AWS_VPC_CNI_NODE_PORT_SUPPORT", "false",
                                        "AWS_VPC_K8S_CNI_CONNMARK", "0x100",
                                        "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS",
                                                "10.8.0.0/16, 10.9.0.0/16",
                                        "AWS_EXTERNAL_SERVICE_CIDRS", "192.0.2.0/24",
                                        "ENABLE_V4_EGRESS", "false",
                                        "ENABLE_V6_EGRESS", "true")))
                .isEqualTo(
                        new EgressPolicy(
                                Snat.RANDOM,
                                false,
                                0x100,
                                List.of(Cidr.parse("10.8.0.0/16"), Cidr.parse("10.9.0.0/16")),
                                List.of(Cidr.parse("192.0.2.0/24")),
                                Set.of(Family.IPV6)));
        assertThat(
                        EgressSettings.NONE
                                .policy(Map.of("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true"))
                                .snat())
                .isEqualTo(Snat.EXTERNAL);
    }

    @Test
    void theSecondFamilyIsOfEitherKindOfNode() {
        assertThat(EgressSettings.NONE.policy(Map.of()).second()).containsExactly(Family.IPV4);
        EgressSettings other =
                new EgressSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.of(false),
                        Optional.of(true));
        assertThat(other.policy(Map.of("ENABLE_V4_EGRESS", "true")).second())
                .containsExactly(Family.IPV6);
    }

    @Test
    void theSettingsComeBeforeThem() {
        Map<String, String> environment =
                Map.of(
                        "AWS_VPC_K8S_CNI_EXTERNALSNAT", "true",
                        "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", "10.8.0.0/16");
        EgressPolicy policy = settings("none", List.of("10.9.0.0/16")).policy(environment);

        assertThat(policy.snat()).isEqualTo(Snat.PLAIN);
        assertThat(policy.excluded()).containsExactly(Cidr.parse("10.9.0.0/16"));
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_VPC_K8S_CNI_RANDOMIZESNAT, random",
        "AWS_VPC_CNI_NODE_PORT_SUPPORT, yes",
        "ENABLE_V6_EGRESS, 1x",
        "AWS_VPC_K8S_CNI_CONNMARK, 0xno",
        "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS, 10.1.0.0",
        "AWS_EXTERNAL_SERVICE_CIDRS, 2001:db8::/32"
    })
    void aBadVariableIsNamedWithItsValue(String key, String value) {
        assertThatThrownBy(() -> EgressSettings.NONE.policy(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("\"" + value + "\"");
    }

    @Test
    void aBadSettingIsNamedWithItsValue() {
        assertThatThrownBy(() -> settings("masquerade", List.of()))
                .hasMessageContaining("\"snat\" is \"masquerade\"");
        assertThatThrownBy(() -> settings(null, List.of("10.1.0.0")))
                .hasMessageContaining("\"excluded\" has \"10.1.0.0\"");
    }
}
