package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class AddRulesTest {
    /// What the core would not load.
    private record OfAnotherVersion() implements AddRules {
        @Override
        public void assumeLoaded() {
            throw new TestAbortedException("rule 103 comes first");
        }

        @Override
        public Candidate candidate() {
            throw new AssertionError("there is nothing that an ADD could be tried on");
        }
    }

    @Test
    void whatIsNotLoadedIsNotTried() {
        assertThatThrownBy(new OfAnotherVersion()::add301_works)
                .isInstanceOf(TestAbortedException.class);
    }
}
