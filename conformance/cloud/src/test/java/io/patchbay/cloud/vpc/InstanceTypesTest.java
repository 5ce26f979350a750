package io.patchbay.cloud.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceTypesTest {
    private static List<String> lines() throws IOException {
        try (InputStream file = InstanceTypes.class.getResourceAsStream("instance-types.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void theFileIsSortedAndNamesEachTypeOnce() throws IOException {
        List<String> names = lines().stream().map(line -> line.split("\t", -1)[0]).toList();
        assertThat(names)
                .hasSizeGreaterThanOrEqualTo(40)
                .doesNotHaveDuplicates()
                .isSorted()
                .containsExactlyElementsOf(InstanceTypes.all().keySet());
    }

    @Test
    void everyLimitIsOneThatEc2Has() throws IOException {
        assertThat(lines())
                .allMatch(line ->
                        line.matches(
                                "[a-z0-9]+\\.[a-z0-9]+\t(nitro|xen|-)\t(yes|no)\t\\d+(,\\d+)*\t\\d+\t\\d+"));
        assertThat(InstanceTypes.all().values())
                .allSatisfy(type -> {
                    assertThat(type.hypervisor().isEmpty()).isEqualTo(type.bareMetal());
                    assertThat(type.bareMetal()).isEqualTo(type.name().endsWith(".metal"));
                    assertThat(Collections.min(type.cards())).isBetween(2, 15);
                    assertThat(Collections.max(type.cards())).isBetween(2, 15);
                    assertThat(type.addresses()).isIn(2, 4, 6, 10, 12, 15, 30, 50);
                    assertThat(type.branches()).isBetween(0, 250);
                    // A trunk needs Nitro.
                    assertThat(type.branches() == 0 || type.takesPrefixes()).isTrue();
                });
    }

    @Test
    void theLimitsThatTheVpcCniNamesAreThere() {
        InstanceType m5 = InstanceTypes.get("m5.large");
        assertThat(m5).isEqualTo(new InstanceType("m5.large", "nitro", false, List.of(3), 10, 9));
        assertThat(InstanceTypes.get("c5.4xlarge"))
                .isEqualTo(new InstanceType("c5.4xlarge", "nitro", false, List.of(8), 30, 54));
        assertThat(InstanceTypes.get("p4d.24xlarge").cards()).containsExactly(15, 15, 15, 15);
        assertThat(InstanceTypes.get("t3.medium").branches()).isZero();
        assertThat(InstanceTypes.get("m4.large").takesPrefixes()).isFalse();
        assertThat(InstanceTypes.get("c5.metal").takesPrefixes()).isTrue();
    }

    @Test
    void aLineThatLacksAColumnIsNamed() {
        assertThatThrownBy(() -> InstanceTypes.parse("m5.large\tnitro"))
                .hasMessageContaining("m5.large")
                .hasMessageContaining("2 columns");
    }
}
