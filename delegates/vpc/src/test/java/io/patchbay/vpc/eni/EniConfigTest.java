package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EniConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "subnet-1/", "subnet-1/sg-1", "subnet-1/sg-1+sg-2", "/sg-1"})
    void itsKeyTellsAllOfIt(String key) {
        assertThat(EniConfig.parse(key).key()).isEqualTo(key);
    }

    @Test
    void theOrderOfGroupsDoesNotMatter() {
        assertThat(new EniConfig(Optional.empty(), List.of("sg-2", "sg-1", "sg-2")))
                .isEqualTo(new EniConfig(Optional.empty(), List.of("sg-1", "sg-2")));
    }

    @Test
    void wordsThatNobodyWroteAreNotTheNodesOwn() {
        assertThat(EniConfig.parse("blue").isNode()).isFalse();
    }

    @Test
    void anInterfaceOfAnExcludedSubnetIsUsedWhereThatSubnetWasAskedFor() {
        Role.Rules rules = new Role.Rules(true, Set.of("subnet-a"));
        assertThat(Role.of(made("subnet-a/sg-1"), rules)).isEqualTo(Role.OURS);
        assertThat(Role.of(made("/sg-1"), rules)).isEqualTo(Role.EXCLUDED);
    }

    private static NetworkInterface made(String config) {
        return Described.tagged(1, Identity.OWNER, Identity.PATCHBAY, Identity.CONFIG, config);
    }
}
