package io.patchbay.meta.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SandboxLocksTest {
    private static final Instant AT_ONCE = Instant.EPOCH;

    private final SandboxLocks locks = new SandboxLocks(InstantSource.system());

    /// Takes on another thread what must be free now, and gives it back.
    private static void take(Supplier<SandboxLocks.Held> lock) {
        CompletableFuture.runAsync(() -> lock.get().close()).join();
    }

    private static void assertHeldOff(Supplier<SandboxLocks.Held> lock, String by) {
        assertThatThrownBy(() -> take(lock))
                .cause()
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER))
                .hasMessage("the deadline passed while waiting for " + by);
    }

    @Test
    @DisplayName(
            "rows 27, 76: calls for one container wait for each other, those for others do not")
    void callsForOneContainerWaitForEachOther() {
        try (var _ = locks.one("a", World.LATER)) {
            assertHeldOff(() -> locks.one("a", AT_ONCE), "an earlier call for a");
            take(() -> locks.one("b", AT_ONCE));
        }
        take(() -> locks.one("a", AT_ONCE));
    }

    @Test
    @DisplayName("row 72: GC and all other calls hold each other off")
    void gcAndAllOtherCallsHoldEachOtherOff() {
        try (var _ = locks.all(World.LATER)) {
            assertHeldOff(() -> locks.one("a", AT_ONCE), "garbage collection");
        }
        try (var _ = locks.one("a", World.LATER)) {
            assertHeldOff(() -> locks.all(AT_ONCE), "the calls in flight");
        }
        take(() -> locks.all(AT_ONCE));
    }

    @Test
    void aWaitThatIsInterruptedEndsAtOnceAndTheThreadStaysInterrupted() {
        try (var _ = locks.one("a", World.LATER)) {
            CompletableFuture.runAsync(
                            () -> {
                                Thread.currentThread().interrupt();
                                assertThatThrownBy(() -> locks.one("a", World.LATER))
                                        .hasMessage(
                                                "the call was ended while it waited for garbage collection");
                                assertThat(Thread.interrupted()).isTrue();
                            })
                    .join();
        }
    }

    private static void assertKept(Supplier<SandboxLocks.Held> lock) {
        assertThatThrownBy(() -> take(lock))
                .cause()
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER))
                .hasMessage("an earlier call for a has not ended, though its deadline passed");
    }

    @Test
    void aSandboxThatIsKeptRefusesCallsAtOnceAndHoldsOffNothingElse() {
        SandboxLocks.Held kept;
        try (var _ = locks.one("a", World.LATER)) {
            kept = locks.keep("a");
        }
        assertKept(() -> locks.one("a", World.LATER));
        take(() -> locks.one("b", AT_ONCE));
        take(() -> locks.all(AT_ONCE));

        CompletableFuture.runAsync(kept::close).join();
        take(() -> locks.one("a", AT_ONCE));
    }

    @Test
    void aSandboxThatIsNoLongerKeptIsStillItsCallers() {
        try (var _ = locks.one("a", World.LATER)) {
            locks.keep("a").close();
            assertHeldOff(() -> locks.one("a", AT_ONCE), "an earlier call for a");
        }
        try (var _ = locks.one("a", AT_ONCE)) {
            assertHeldOff(() -> locks.one("a", AT_ONCE), "an earlier call for a");
        }
    }

    @Test
    void garbageCollectionKeepsASandboxToo() {
        SandboxLocks.Held kept;
        try (var _ = locks.all(World.LATER)) {
            kept = locks.keep("a");
        }
        assertKept(() -> locks.one("a", World.LATER));
        kept.close();
        take(() -> locks.one("a", AT_ONCE));
    }
}
