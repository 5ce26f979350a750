package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.vpc.branch.Enforcement;
import io.patchbay.vpc.ec2.Access;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.imds.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The variables of the VPC CNI that the delegate reads itself: those that `patchbay import
/// vpc-cni` makes a setting of. CLUSTER_NAME and AWS_REGION take any word.
class VariablesTest {
    private static final VpcSettings NONE =
            new VpcSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static void read(Map<String, String> variables) {
        NONE.targets(variables);
        NONE.cooldown(variables);
        NONE.mtu(variables);
        NONE.links(variables);
        InterfaceSettings.NONE.policy(variables);
        EgressSettings.NONE.policy(variables);
        Access.endpoint(Optional.empty(), variables);
        Endpoint.of(Optional.empty(), variables);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADDITIONAL_ENI_TAGS",
                "AWS_EC2_ENDPOINT",
                "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                "AWS_ENDPOINT_URL_EC2",
                "AWS_EXTERNAL_SERVICE_CIDRS",
                "AWS_VPC_CNI_NODE_PORT_SUPPORT",
                "AWS_VPC_ENI_MTU",
                "AWS_VPC_K8S_CNI_CONNMARK",
                "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS",
                "AWS_VPC_K8S_CNI_EXTERNALSNAT",
                "AWS_VPC_K8S_CNI_RANDOMIZESNAT",
                "AWS_VPC_K8S_CNI_VETHPREFIX",
                "DISABLE_LEAKED_ENI_CLEANUP",
                "DISABLE_NETWORK_RESOURCE_PROVISIONING",
                "ENABLE_IMDS_ONLY_MODE",
                "ENABLE_PREFIX_DELEGATION",
                "ENABLE_SUBNET_DISCOVERY",
                "IP_COOLDOWN_PERIOD",
                "MANAGE_UNTAGGED_ENI",
                "MAX_ENI",
                "MINIMUM_IP_TARGET",
                "POD_MTU",
                "WARM_ENI_TARGET",
                "WARM_IP_TARGET",
                "WARM_PREFIX_TARGET",
            })
    void aValueThatCannotBeIsRefusedByTheVariablesName(String name) {
        assertThatThrownBy(() -> read(Map.of(name, "?!")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("?!");
    }

    @Test
    void linksAreAsTheVpcCniHasThem() {
        Map<String, String> variables =
                Map.of(
                        "AWS_VPC_ENI_MTU", "8900",
                        "POD_MTU", "1400",
                        "AWS_VPC_K8S_CNI_VETHPREFIX", "vpc");
        assertThat(NONE.mtu(variables)).isEqualTo(8900);
        assertThat(NONE.links(variables))
                .isEqualTo(new LinkPolicy(1400, "vpc", List.of(Family.IPV4)));
        assertThatThrownBy(() -> NONE.links(Map.of("POD_MTU", "9002")))
                .hasMessageContaining("POD_MTU is 9002");
    }

    @Test
    void familiesAreAsTheVpcCniHasThemAndBothAreDualStack() {
        assertThat(families()).containsExactly(Family.IPV4);
        assertThat(families("ENABLE_IPv6", "true")).containsExactly(Family.IPV6);
        assertThat(families("ENABLE_IPv4", "false", "ENABLE_IPv6", "true"))
                .containsExactly(Family.IPV6);
        assertThat(families("ENABLE_IPv4", "true", "ENABLE_IPv6", "true"))
                .containsExactly(Family.IPV4, Family.IPV6);
    }

    private static List<Family> families(String... pairs) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        return NONE.links(variables).families();
    }

    @Test
    void theEniConfigIsNamedAsTheVpcCniHasIt() {
        CustomNetworkingSettings none = CustomNetworkingSettings.NONE;
        assertThat(none.isEnabled(Map.of())).isFalse();
        assertThat(none.isEnabled(Map.of("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true"))).isTrue();
        assertThat(none.name(Map.of()))
                .isEqualTo(
                        new EniConfigName(
                                "k8s.amazonaws.com/eniConfig", "k8s.amazonaws.com/eniConfig"));
        Map<String, String> variables =
                Map.of("ENI_CONFIG_LABEL_DEF", "zone", "ENI_CONFIG_ANNOTATION_DEF", "config");
        assertThat(none.name(variables)).isEqualTo(new EniConfigName("zone", "config"));
    }

    @Test
    void securityGroupsForPodsAreAsTheVpcCniHasThem() {
        SecurityGroupSettings none = SecurityGroupSettings.NONE;
        String mode = "POD_SECURITY_GROUP_ENFORCING_MODE";
        assertThat(none.enforcement(Map.of(mode, "standard"))).isEmpty();
        assertThat(none.enforcement(Map.of("ENABLE_POD_ENI", "true"))).contains(Enforcement.STRICT);
        assertThat(none.enforcement(Map.of("ENABLE_POD_ENI", "true", mode, "standard")))
                .contains(Enforcement.STANDARD);
        assertThatThrownBy(() -> none.enforcement(Map.of("ENABLE_POD_ENI", "true", mode, "lax")))
                .hasMessageContaining(mode + " is \"lax\"");
        assertThatThrownBy(() -> new SecurityGroupSettings(Optional.empty(), Optional.of("lax")))
                .hasMessageContaining("\"enforcement\" is \"lax\"");
    }

    @Test
    void moreTagsAreTakenButForThoseThatSayWhoseAnInterfaceIs() {
        String tags = "{\"team\": \"ran\", \"node.k8s.amazonaws.com/no_manage\": \"true\"}";
        assertThat(InterfaceSettings.NONE.policy(Map.of("ADDITIONAL_ENI_TAGS", tags)).tags())
                .isEqualTo(Map.of("team", "ran"));
    }

    @Test
    void withInstanceMetadataAloneNothingIsMadeNorSwept() {
        Map<String, String> variables = Map.of("ENABLE_IMDS_ONLY_MODE", "true");
        assertThat(NONE.targets(variables).provisions()).isFalse();
        assertThat(InterfaceSettings.NONE.policy(variables).sweep()).isFalse();
    }
}
