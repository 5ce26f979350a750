package io.patchbay.meta.jar;

import io.patchbay.spi.cni.CniException;
import java.time.Duration;
import java.time.Instant;
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

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Trouble trouble;
    private final JarLoader loader;
    private final Marking marks;
    private final ThreadPoolExecutor threads;

    /// @param title names the delegate and its jar
    Calls(String title, Trouble trouble, JarLoader loader, Marking marks) {
        this.trouble = trouble;
        this.loader = loader;
        this.marks = marks;
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE.toMillis(),
                        TimeUnit.MILLISECONDS,
                        new SynchronousQueue<>(),
                        work -> new CallThread(title, loader, work));
    }

    /// The calls into a delegate of the same jar.
    Calls of(String title, Trouble other) {
        return new Calls(title, other, loader, marks);
    }

    Jar jar() {
        return loader.jar();
    }

    /// Makes the delegate that the other calls are for.
    <T> T create(Supplier<T> action) {
        loader.use();
        try {
            return get(Verb.CREATE, action);
        } catch (CniException e) {
            loader.leave();
            throw e;
        }
    }

    /// Ends the delegate, and tells what is left of its jar.
    void close(Runnable action) {
        try {
            run(Verb.CLOSE, "", CLOSING, action);
        } finally {
            threads.shutdown();
            loader.leave();
        }
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
        String what = sandbox.isEmpty() ? verb.toString() : verb + " for container " + sandbox;
        threads.execute(() -> marks.around(jar(), what, call));
        try {
            T result = call.await(limit);
            trouble.succeeded(verb);
            return result;
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            throw trouble.failed(verb, thrown, call.isUnwanted());
        } catch (TimeoutException e) {
            throw trouble.left(what, call.end());
        }
    }
}
