package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetChoiceTest {
    private static final String ROLE = "kubernetes.io/role/cni";
    private static final String BLUE = "cni.networking.k8s.aws/cluster/blue";
    private static final String RED = "cni.networking.k8s.aws/cluster/red";
    private static final SubnetChoice CHOICE =
            new SubnetChoice("subnet-p", Optional.of("blue"), true);

    /// Whether a subnet is tried, and whether an interface in it gets no new pods.
    @ParameterizedTest(name = "{0}, role {1}, cluster {2}: tried {3}, excluded {4}")
    @CsvSource({
        "subnet-p, ,      ,     true,  false",
        "subnet-p, 1,     ,     true,  false",
        "subnet-p, 0,     ,     false, true",
        "subnet-p, ,      red,  true,  false",
        "subnet-x, ,      ,     false, false",
        "subnet-x, 1,     ,     true,  false",
        "subnet-x, 0,     ,     false, true",
        "subnet-x, '',    ,     true,  false",
        "subnet-x, 1,     blue, true,  false",
        "subnet-x, 1,     red,  false, true",
        "subnet-x, ,      blue, false, false"
    })
    void aSubnetIsTriedByItsTags(
            String id,
            @Nullable String role,
            @Nullable String cluster,
            boolean tried,
            boolean excluded) {
        Optional<List<Subnet>> described = Optional.of(List.of(subnet(id, 10, role, cluster)));
        assertThat(CHOICE.candidates(described).contains(id)).isEqualTo(tried);
        assertThat(CHOICE.excluded(described).contains(id)).isEqualTo(excluded);
    }

    @Test
    void aClusterWithoutANameTakesAnySubnetForPods() {
        SubnetChoice nameless = new SubnetChoice("subnet-p", Optional.empty(), true);
        assertThat(nameless.candidates(Optional.of(List.of(subnet("subnet-x", 1, "1", "red")))))
                .containsExactly("subnet-x");
    }

    @Test
    void aSubnetOfSeveralClustersIsOfEach() {
        Subnet both =
                new Subnet(
                        "subnet-x",
                        Cidr.parse("10.0.0.0/24"),
                        Optional.empty(),
                        1,
                        Map.of(ROLE, "1", BLUE, "", RED, ""));
        assertThat(CHOICE.candidates(Optional.of(List.of(both)))).containsExactly("subnet-x");
    }

    @Test
    void theRoomiestComesFirstAndOfTwoAlikeTheNodesOwn() {
        assertThat(
                        CHOICE.candidates(
                                Optional.of(
                                        List.of(
                                                subnet("subnet-b", 5, "1", null),
                                                subnet("subnet-p", 5, null, null),
                                                subnet("subnet-c", 90, "1", null),
                                                subnet("subnet-d", 0, "1", null)))))
                .containsExactly("subnet-c", "subnet-p", "subnet-b", "subnet-d");
    }

    @Test
    void aDeniedListingLeavesTheNodesOwnSubnetAndExcludesNone() {
        assertThat(CHOICE.candidates(Optional.empty())).containsExactly("subnet-p");
        assertThat(CHOICE.excluded(Optional.empty())).isEmpty();
    }

    @Test
    void withoutDiscoveryTagsSayNothing() {
        SubnetChoice plain = new SubnetChoice("subnet-p", Optional.of("blue"), false);
        Optional<List<Subnet>> described =
                Optional.of(
                        List.of(
                                subnet("subnet-p", 1, "0", null),
                                subnet("subnet-x", 9, "1", null)));
        assertThat(plain.candidates(described)).containsExactly("subnet-p");
        assertThat(plain.excluded(described)).isEqualTo(Set.of());
    }

    private static Subnet subnet(
            String id, int free, @Nullable String role, @Nullable String cluster) {
        Map<String, String> tags = new HashMap<>();
        if (role != null) {
            tags.put(ROLE, role);
        }
        if (cluster != null) {
            tags.put("cni.networking.k8s.aws/cluster/" + cluster, "");
        }
        return new Subnet(id, Cidr.parse("10.0.0.0/24"), Optional.empty(), free, tags);
    }
}
