package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.attach.SandboxJournal;
import io.patchbay.meta.delegate.Complaint;
import io.patchbay.meta.journal.DurableFiles;
import org.junit.jupiter.api.Test;

/// What binaries write to stderr.
class ComplaintsTest extends ChainedNode {
    private Sandbox journaled() {
        return new SandboxJournal(new DurableFiles(node.state)).find("c1").orElseThrow();
    }

    @Test
    void theWarningsOfASuccessfulAddAreStillThereInTheNextProcess() {
        first.complain("ADD", "a\nb\n");
        second.complain("ADD", "c");
        first.complain("CHECK", "of no interest");
        assertThat(call("ADD").code()).isZero();
        assertThat(call("CHECK").code()).isZero();

        assertThat(journaled().complaints())
                .containsExactly(
                        new Complaint(1, "first", "a\nb"), new Complaint(2, "second", "c"));
    }

    @Test
    void theyAreKeptWithADelThatIsToBeTriedAgain() {
        second.complain("ADD", "c");
        assertThat(call("ADD").code()).isZero();
        first.fail("DEL", 11, "not yet");
        assertThat(call("DEL").code()).isEqualTo(11);

        assertThat(journaled().detaching()).isTrue();
        assertThat(journaled().complaints()).containsExactly(new Complaint(2, "second", "c"));
    }

    @Test
    void thoseOfARefusalAreInTheAnswerTheLogAndTheEvent() {
        second.complain("ADD", "no such table");
        second.fail("ADD", 7, "no rule");
        try (LogLines log = LogLines.open("io.patchbay", Level.DEBUG)) {
            assertThat(json(call("ADD").text()).path("details").asText())
                    .isEqualTo("stderr: no such table");

            assertThat(log.with("ADD", "refused with 7", "(stderr: no such table)")).hasSize(1);
            assertThat(log.with("NetworkRefused of core/p", "(stderr: no such table)")).hasSize(1);
        }
    }
}
