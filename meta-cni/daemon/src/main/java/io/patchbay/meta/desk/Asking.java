package io.patchbay.meta.desk;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Questions to delegates, each on a thread that can be left behind. A delegate is asked the same
/// thing once at a time, so that one that never answers keeps one thread, however often it is
/// asked.
final class Asking {
    private final Duration limit;
    private final ConcurrentMap<String, Semaphore> turns = new ConcurrentHashMap<>();

    /// @param limit how long one question may take, and how long the one before it is waited for
    Asking(Duration limit) {
        this.limit = limit;
    }

    /// A refusal is thrown as it is. Whatever else the delegate throws is code 999, and an answer
    /// that does not come is code 11.
    <T> T ask(String type, String what, Supplier<T> question) {
        Semaphore turn = turns.computeIfAbsent(type + " " + what, _ -> new Semaphore(1));
        try {
            if (!turn.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late(type, what);
            }
        } catch (InterruptedException e) {
            throw interrupted(type, what, e);
        }
        FutureTask<T> answer = new FutureTask<>(question::get);
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("patchbay-ask-" + type)
                        .start(() -> {
                            try {
                                answer.run();
                            } finally {
                                turn.release();
                            }
                        });
        return await(answer, thread, type, what);
    }

    private <T> T await(FutureTask<T> answer, Thread thread, String type, String what) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw late(type, what);
        } catch (InterruptedException e) {
            thread.interrupt();
            throw interrupted(type, what, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CniException refusal) {
                throw refusal;
            }
            throw new CniException(
                    Standard.INTERNAL,
                    "delegate %s fails when asked for its %s: %s"
                            .formatted(type, what, e.getCause()),
                    e);
        }
    }

    private CniException late(String type, String what) {
        return CniException.tryAgain(
                "delegate %s did not tell its %s within %d ms"
                        .formatted(type, what, limit.toMillis()));
    }

    private static CniException interrupted(String type, String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CniException(
                Standard.TRY_AGAIN_LATER,
                "delegate %s was not asked to the end for its %s".formatted(type, what),
                e);
    }
}
