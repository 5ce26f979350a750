package io.patchbay.meta.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.selftest.NodeFacts.Feature;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class KernelFeaturesTest {
    private static final Kernel KERNEL = Kernel.ofThisMachine();

    @Test
    void onlyWhatNetworksUseIsTriedAndInOneNamespace() {
        int links = KERNEL.host().rtnl().links().size();
        try (TemporaryNetns netns = TemporaryNetns.create(KERNEL)) {
            assertThat(KernelFeatures.of(netns.netns(), Set.of("portmap", "other"))).isEmpty();
        }
        try (TemporaryNetns netns = TemporaryNetns.create(KERNEL)) {
            assertThat(KernelFeatures.of(netns.netns(), Set.of("macvlan", "bridge", "vpc")))
                    .extracting(Feature::name)
                    .containsExactly("veth", "bridge", "macvlan", "nftables");
        }
        assertThat(KERNEL.host().rtnl().links()).hasSize(links);
    }

    @Test
    void whatTheKernelRefusesIsToldInItsWords() {
        try (TemporaryNetns netns = TemporaryNetns.create(KERNEL)) {
            assertThat(KernelFeatures.of(netns.netns(), Set.of("macvlan")))
                    .extracting(Feature::refusal)
                    .containsExactly(Optional.empty());
            // The pair is there already.
            assertThat(KernelFeatures.of(netns.netns(), Set.of("macvlan")).getFirst().refusal())
                    .hasValueSatisfying(words -> assertThat(words).contains("exist"));
        }
    }
}
