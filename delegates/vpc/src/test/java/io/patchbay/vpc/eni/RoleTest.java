package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.NetworkInterface.Attachment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {
    private static final String NO_MANAGE = "node.k8s.amazonaws.com/no_manage";

    @ParameterizedTest(name = "device {0}, {1}, in {2}, {3}={4}, untagged {5}: {6}")
    @CsvSource({
        "0, interface, subnet-a, , , true, PRIMARY",
        "0, interface, subnet-a, , , false, PRIMARY",
        "0, interface, subnet-a, node.k8s.amazonaws.com/no_manage, true, true, PRIMARY",
        "0, interface, subnet-off, , , true, EXCLUDED",
        "1, interface, subnet-a, eks:eni:owner, patchbay, false, OURS",
        "1, interface, subnet-a, eks:eni:owner, amazon-vpc-cni, true, ADOPTED",
        "1, interface, subnet-a, node.k8s.amazonaws.com/instance_id, i-1, false, ADOPTED",
        "1, interface, subnet-a, , , true, ADOPTED",
        "1, interface, subnet-a, , , false, UNMANAGED",
        "1, interface, subnet-a, node.k8s.amazonaws.com/no_manage, true, true, UNMANAGED",
        "1, interface, subnet-a, node.k8s.amazonaws.com/no_manage, false, true, ADOPTED",
        "1, interface, subnet-off, eks:eni:owner, patchbay, true, EXCLUDED",
        "1, interface, subnet-off, node.k8s.amazonaws.com/no_manage, true, true, UNMANAGED",
        "1, interface, subnet-off, , , false, UNMANAGED",
        "1, trunk, subnet-a, , , true, TRUNK",
        "1, trunk, subnet-a, node.k8s.amazonaws.com/no_manage, true, true, TRUNK",
        "1, branch, subnet-a, , , true, UNMANAGED",
        "1, efa, subnet-a, , , true, EFA",
        "1, efa-only, subnet-a, , , true, EFA",
        "1, api_gateway_managed, subnet-a, , , true, UNMANAGED"
    })
    void anInterfaceIsWhatItsTypeItsTagsAndItsSubnetSay(
            int device,
            String type,
            String subnet,
            @Nullable String key,
            @Nullable String value,
            boolean untagged,
            Role role) {
        NetworkInterface eni =
                Described.of(
                        device,
                        type,
                        subnet,
                        key == null || value == null ? Map.of() : Map.of(key, value),
                        List.of());
        assertThat(Role.of(eni, new Role.Rules(untagged, Set.of("subnet-off")))).isEqualTo(role);
    }

    @Test
    void aCardIsForeignWhenNothingOnItIsOurs() {
        Role.Rules rules = new Role.Rules(true, Set.of());
        NetworkInterface primary = Described.tagged(0);
        NetworkInterface ours = onCard(1, Described.tagged(1));
        NetworkInterface beside = onCard(1, Described.tagged(2, NO_MANAGE, "true"));
        NetworkInterface foreign = onCard(2, Described.tagged(3, NO_MANAGE, "true"));
        List<NetworkInterface> all = List.of(primary, ours, beside, foreign);
        Map<String, Role> roles =
                all.stream()
                        .collect(
                                Collectors.toMap(NetworkInterface::id, eni -> Role.of(eni, rules)));
        assertThat(Role.foreignCards(all, roles)).containsExactly(2);
        roles.remove(foreign.id());
        assertThat(Role.foreignCards(all, roles)).isEmpty();
    }

    private static NetworkInterface onCard(int card, NetworkInterface eni) {
        return new NetworkInterface(
                eni.id(),
                eni.mac(),
                eni.type(),
                eni.status(),
                eni.subnet(),
                eni.description(),
                eni.groups(),
                eni.primary(),
                eni.primary6(),
                eni.blocks(),
                eni.tags(),
                eni.tracking(),
                Optional.of(new Attachment("a", "i-1", card, 1, true, Instant.EPOCH)));
    }
}
