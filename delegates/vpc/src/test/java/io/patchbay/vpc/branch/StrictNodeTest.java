package io.patchbay.vpc.branch;

import static io.patchbay.vpc.branch.StrictNode.local;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrictNodeTest {
    private static final Rule BIRTH = local(0, false);
    private static final Rule BIRTH_IPV6 = local(0, true);
    private static final Rule MOVED = local(20, false);
    private static final Rule MOVED_IPV6 = local(20, true);
    private static final StrictNote NOTE = new StrictNote(true, true, Map.of());

    @Test
    void theRuleOfTheNodesOwnAddressesIsMovedAndNeverMissing() {
        assertThat(StrictNode.entering(List.of(BIRTH, BIRTH_IPV6)))
                .containsExactly(
                        new AddRule(MOVED),
                        new DeleteRule(BIRTH),
                        new AddRule(MOVED_IPV6),
                        new DeleteRule(BIRTH_IPV6));
    }

    @Test
    void aMoveThatWasInterruptedIsCompleted() {
        assertThat(StrictNode.entering(List.of(BIRTH, MOVED, MOVED_IPV6)))
                .containsExactly(new DeleteRule(BIRTH));
        assertThat(StrictNode.leaving(NOTE, List.of(BIRTH, MOVED, BIRTH_IPV6)))
                .containsExactly(new DeleteRule(MOVED));
    }

    @Test
    void aNodeThatIsReadyIsLeftAlone() {
        assertThat(StrictNode.entering(List.of(MOVED, MOVED_IPV6))).isEmpty();
        assertThat(StrictNode.entering(List.of(MOVED))).isEmpty();
    }

    @Test
    void aRuleThatSomebodyTookAwayComesBack() {
        assertThat(StrictNode.entering(List.of(MOVED_IPV6))).containsExactly(new AddRule(MOVED));
    }

    @Test
    void itIsMovedBack() {
        assertThat(StrictNode.leaving(NOTE, List.of(MOVED, MOVED_IPV6)))
                .containsExactly(
                        new AddRule(BIRTH),
                        new DeleteRule(MOVED),
                        new AddRule(BIRTH_IPV6),
                        new DeleteRule(MOVED_IPV6));
    }

    @Test
    void whatWasThereBeforeStays() {
        StrictNote note =
                StrictNode.before(
                        List.of(MOVED, BIRTH_IPV6),
                        key -> Optional.of("1").filter(_ -> key.contains("tcp")));
        assertThat(note)
                .isEqualTo(new StrictNote(false, true, Map.of("net/ipv4/tcp_early_demux", "1")));
        assertThat(StrictNode.leaving(note, List.of(MOVED, MOVED_IPV6)))
                .containsExactly(new AddRule(BIRTH_IPV6), new DeleteRule(MOVED_IPV6));
    }
}
