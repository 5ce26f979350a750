package io.patchbay.meta.jar;

import io.patchbay.spi.cni.CniException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The calls into one delegate of a third party's jar, each on a thread that can be left behind.
/// What a call throws becomes a refusal that names the jar, whatever it is.
final class Calls {
    /// What a call without a deadline of its own may take.
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Trouble trouble;
    private final ThreadPoolExecutor threads;

    /// @param title names the delegate and its jar
    /// @param loader what the jar's own look-ups by the thread's class loader see
    Calls(String title, Trouble trouble, ClassLoader loader) {
        this.trouble = trouble;
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE.toMillis(),
                        TimeUnit.MILLISECONDS,
                        new SynchronousQueue<>(),
                        action -> {
                            Thread thread =
                                    Thread.ofPlatform().daemon().name(title).unstarted(action);
                            thread.setContextClassLoader(loader);
                            return thread;
                        });
    }

    /// Calls for something that has no deadline.
    <T> T get(Verb verb, Supplier<T> action) {
        return get(verb, "", LIMIT, action);
    }

    void run(Verb verb, Runnable action) {
        run(verb, "", LIMIT, action);
    }

    void run(Verb verb, String sandbox, Instant deadline, Runnable action) {
        run(verb, sandbox, Duration.between(Instant.now(), deadline), action);
    }

    private void run(Verb verb, String sandbox, Duration limit, Runnable action) {
        boolean _ =
                get(
                        verb,
                        sandbox,
                        limit,
                        () -> {
                            action.run();
                            return true;
                        });
    }

    <T> T get(Verb verb, String sandbox, Instant deadline, Supplier<T> action) {
        return get(verb, sandbox, Duration.between(Instant.now(), deadline), action);
    }

    /// @param sandbox the container id; empty where the call is for none
    private <T> T get(Verb verb, String sandbox, Duration limit, Supplier<T> action) {
        trouble.refuse(verb);
        Call<T> call = new Call<>(action);
        threads.execute(call);
        try {
            T result = call.await(limit);
            trouble.succeeded(verb);
            return result;
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            throw trouble.failed(verb, thrown, call.isUnwanted());
        } catch (TimeoutException e) {
            throw left(verb, sandbox, call.end());
        }
    }

    private CniException left(Verb verb, String sandbox, CompletableFuture<?> end) {
        String what = sandbox.isEmpty() ? verb.toString() : verb + " for container " + sandbox;
        return trouble.left(what, end);
    }
}
