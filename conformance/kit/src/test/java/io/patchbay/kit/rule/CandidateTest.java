package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.patchbay.kit.cord.CordProvider;
import io.patchbay.kit.rig.NodeRig;
import io.patchbay.spi.DelegateProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class CandidateTest {
    @TempDir Path directory;

    private NodeRig rig;

    /// A network of two plugins, whose own is the second.
    private record InAList(Candidate candidate) implements ConfigRules<Record> {
        @Override
        @SuppressWarnings("unchecked") // No configuration comes out of it.
        public DelegateProvider<Record> provider() {
            return (DelegateProvider<Record>) (DelegateProvider<?>) new CordProvider<>();
        }
    }

    @BeforeEach
    void start() {
        rig = NodeRig.of(directory);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void aNetworkTakesTheIpamThatItPutsIntoItsConfiguration() {
        assertThat(new Candidate(rig, ipam -> ipam).takesIpam()).isTrue();
        assertThat(new Candidate(rig, _ -> "{}").takesIpam()).isFalse();
    }

    @Test
    void aCallThatIsNeverMadeIsNotFound() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Candidate(rig, ipam -> ipam).find("DeleteGroup", () -> {}))
                .withMessageContaining("DeleteGroup");
    }

    @Test
    void thePluginOfItsTypeIsBoundWhereverItIsInTheList() {
        Candidate list =
                new Candidate(
                        rig,
                        _ ->
                                """
                                {"cniVersion": "1.1.0", "name": "patch", "plugins": [
                                 {"type": "sbr", "table": 7}, {"type": "cord", "panel": "panel0"}]}\
                                """);
        assertThatCode(new InAList(list)::config201_bindsTheSameTwice).doesNotThrowAnyException();
    }
}
