package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.KernelException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The group ERROR: what an operator reads, and that it is true.
public interface ErrorRules extends Sweeping {
    @Test
    default void error1001_tellsAFailureAsASentence() {
        sweep().everyFailure(outcome ->
                outcome.refusal().ifPresent(refusal -> assertSentence(refusal, outcome.call())));
    }

    private static void assertSentence(RuntimeException refusal, String call) {
        if (refusal instanceof CniException told && told.code() == Standard.INTERNAL) {
            assertThat(told.getCause())
                    .as("why the failure of %s became: %s", call, told.getMessage())
                    .isInstanceOfAny(KernelException.class, UncheckedIOException.class);
        }
        assertThat(refusal.getMessage())
                .as("what the failure of %s became", call)
                .isNotBlank()
                .doesNotContain("null")
                .doesNotContain("Exception");
    }

    @Test
    default void error1002_endsAnInterruptedAddWithCode11() {
        sweep().everyCallMeets(
                        Thread.currentThread()::interrupt,
                        outcome -> {
                            Thread.interrupted();
                            outcome.refusal()
                                    .ifPresent(refusal -> assertTryAgain(refusal, outcome.call()));
                        });
    }

    private static void assertTryAgain(RuntimeException refusal, String call) {
        assertThat(((CniException) refusal).code())
                .as("code after an interruption before %s: %s", call, refusal.getMessage())
                .isEqualTo(Standard.TRY_AGAIN_LATER);
    }

    default Set<ErrorCode> codesOfAFullPool() {
        return Set.of(Standard.TRY_AGAIN_LATER, Standard.UNAVAILABLE);
    }

    /// Where the network has addresses of its own, there is no pool here that could be full; then
    /// it is not the kit's `ipam` that fills the result.
    @Test
    default void error1003_refusesWhenThePoolIsFull() {
        Snapshot before = candidate().settled();
        if (!candidate().takesIpam()) {
            return;
        }
        NodeRig rig = candidate().rig();
        String config = candidate().configOfOneAddress();
        try (RigPod pod = new RigPod("error-1003");
                RigPod late = new RigPod("error-1003-late")) {
            Snapshot inside = late.snapshot();
            rig.add(pod, config);
            Snapshot full = rig.snapshot();
            Throwable refusal = catchThrowable(() -> rig.add(late, config));
            assertThat(refusal).as("an ADD to a full pool").isInstanceOf(CniException.class);
            assertThat(((CniException) refusal).code())
                    .as("code of: %s", refusal.getMessage())
                    .isIn(codesOfAFullPool());
            assertThat(late.snapshot().since(inside)).as("left in the pod").isEmpty();
            candidate().assertNothingLeftSince(full, "an ADD to a full pool");
            rig.del(pod);
            rig.add(late, config);
            rig.del(late);
        }
        candidate().assertNothingLeftSince(before, "the last DEL");
    }

    @Test
    default void error1004_hasDoneItsWorkWhenItSucceeds() {
        sweep().everyFailure(outcome -> {
            if (outcome.refusal().isEmpty()) {
                assertWhole(outcome.pod(), outcome.call());
            }
        });
    }

    private void assertWhole(RigPod pod, String call) {
        assertThat(catchThrowable(() -> candidate().rig().check(pod)))
                .as("CHECK after an ADD that succeeded though %s failed", call)
                .isNull();
    }
}
