package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupDriftTest {
    private static final Role.Rules RULES = new Role.Rules(true, Set.of("subnet-off"));

    @Test
    void managedSecondaryInterfacesFollowThePrimarysGroups() {
        NetworkInterface primary = Described.tagged(0);
        NetworkInterface adopted = Described.tagged(1);
        NetworkInterface excluded = Described.of(2, "interface", "subnet-off", Map.of(), List.of());
        NetworkInterface trunk = Described.of(3, "trunk", "subnet-a", Map.of(), List.of());
        NetworkInterface efa = Described.of(4, "efa", "subnet-a", Map.of(), List.of());
        NetworkInterface foreign = Described.tagged(5, "node.k8s.amazonaws.com/no_manage", "true");
        List<NetworkInterface> all = List.of(primary, adopted, excluded, trunk, efa, foreign);
        assertThat(GroupDrift.of(List.of("sg-1"), all, RULES).groups()).isEmpty();
        assertThat(GroupDrift.of(List.of("sg-2", "sg-1"), all, RULES).groups())
                .isEqualTo(
                        Map.of(
                                "eni-1", List.of("sg-2", "sg-1"),
                                "eni-2", List.of("sg-2", "sg-1")));
        assertThat(GroupDrift.of(List.of(), all, RULES).groups()).isEmpty();
    }

    @Test
    void anInterfaceThatWasMadeWithGroupsKeepsThem() {
        NetworkInterface own =
                Described.tagged(
                        1,
                        Identity.OWNER,
                        Identity.PATCHBAY,
                        Identity.CONFIG,
                        new EniConfig(Optional.of("subnet-a"), List.of("sg-9")).key());
        assertThat(GroupDrift.of(List.of("sg-1"), List.of(own), RULES).groups())
                .isEqualTo(Map.of("eni-1", List.of("sg-9")));
        assertThat(GroupDrift.of(List.of(), List.of(own), RULES).groups())
                .isEqualTo(Map.of("eni-1", List.of("sg-9")));
    }
}
