package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Writes network-status into the annotations of pods: that one annotation, and only of the very
/// pod it is about. What cannot be written at once is written when the server takes it again; the
/// last word on a pod counts.
final class StatusPatches implements AutoCloseable {
    private static final Logger LOG = System.getLogger(StatusPatches.class.getName());

    /// How long an ADD waits for a server that answers, but refuses for now.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int LOCKS = 16;

    private final ApiServer server;
    private final Kind<Pod> pods;
    private final Function<PodRef, String> uid;
    private final Map<String, Wanted> wanted = new ConcurrentHashMap<>();
    private final BlockingQueue<Wanted> late = new LinkedBlockingQueue<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Lock[] locks = new Lock[LOCKS];
    private final Loop loop;

    /// The last word on a pod.
    ///
    /// @param value the annotation's, null to take it away; asked when it is written, and empty
    ///   where there is nothing to say any more
    /// @param number tells it from an earlier word that says the same
    private record Wanted(PodRef pod, Supplier<Optional<JsonNode>> value, long number) {
        String key() {
            return pod.toString();
        }
    }

    /// @param uid which pod is meant, as the API server numbers them; empty where it knows none
    ///   here
    StatusPatches(ApiServer server, Kind<Pod> pods, Function<PodRef, String> uid) {
        this.server = server;
        this.pods = pods;
        this.uid = uid;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
        this.loop = new Loop("patchbay-statuses", this::workOff);
    }

    void start() {
        loop.start();
    }

    /// Returns when the annotation is there, or its pod is gone. Where that is not to be had soon
    /// it is an UncheckedIOException, and goes on being tried unless it is refused for good.
    void publish(PodRef pod, String status) {
        Wanted now = want(pod, Optional.of(TextNode.valueOf(status)));
        try {
            writeSoon(now);
        } catch (ApiFailure e) {
            boolean again = e.isPassing();
            if (again) {
                late.add(now);
            } else {
                wanted.remove(now.key(), now);
            }
            throw new UncheckedIOException(
                    "the network-status of pod %s is not written%s"
                            .formatted(pod, again ? " yet, and will be tried again" : ""),
                    new IOException(e.sentence(), e));
        }
    }

    private void writeSoon(Wanted now) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
        try {
            while (true) {
                Duration least;
                try {
                    write(now);
                    return;
                } catch (ApiFailure e) {
                    least = e.retryAfter();
                    if (!e.isBusy() || System.nanoTime() + least.toNanos() > end) {
                        throw e;
                    }
                }
                backoff.pause(least);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailure("the request's deadline passed", e);
        }
    }

    /// Does so later: a DEL waits for nobody.
    void withdraw(PodRef pod) {
        late.add(want(pod, Optional.of(NullNode.getInstance())));
    }

    /// Says once more, soon, what an earlier process may have said; anything else that is to be
    /// said of the pod is newer, and counts.
    ///
    /// @param status asked when it is written; empty where nothing is to be said any more
    void renew(PodRef pod, Supplier<Optional<String>> status) {
        Wanted now =
                new Wanted(
                        pod, () -> status.get().map(TextNode::valueOf), numbers.incrementAndGet());
        if (wanted.putIfAbsent(now.key(), now) == null) {
            late.add(now);
        }
    }

    private Wanted want(PodRef pod, Optional<JsonNode> value) {
        Wanted now = new Wanted(pod, () -> value, numbers.incrementAndGet());
        wanted.put(now.key(), now);
        return now;
    }

    private void workOff() {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));
        try {
            while (true) {
                Wanted next = late.take();
                Optional<ApiFailure> passing = writeLate(next);
                if (passing.isEmpty()) {
                    backoff.reset();
                } else {
                    // Behind the others: it may be this pod alone that is refused.
                    late.add(next);
                    backoff.pause(passing.get().retryAfter());
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "network-statuses are written no longer");
        }
    }

    /// Returns why it has to be tried again.
    private Optional<ApiFailure> writeLate(Wanted next) throws InterruptedException {
        try {
            write(next);
        } catch (ApiFailure e) {
            if (e.isPassing()) {
                return Optional.of(e);
            }
            wanted.remove(next.key(), next);
            LOG.log(
                    Level.WARNING,
                    "the network-status of pod {0} is not written: {1}",
                    next.pod(),
                    e.sentence());
        }
        return Optional.empty();
    }

    /// One try. What somebody has said otherwise meanwhile is done with.
    private void write(Wanted next) throws InterruptedException {
        String key = next.key();
        Lock lock = locks[Math.floorMod(key.hashCode(), LOCKS)];
        lock.lockInterruptibly();
        try {
            if (next.equals(wanted.get(key))) {
                patch(next);
                wanted.remove(key, next);
            }
        } finally {
            lock.unlock();
        }
    }

    private void patch(Wanted next) {
        PodRef pod = next.pod();
        String precondition = uid.apply(pod);
        Optional<JsonNode> value = next.value().get();
        if (precondition.isEmpty() || value.isEmpty()) {
            return;
        }
        String path = pods.path(pod.namespace(), pod.name());
        String body = Json.text(body(precondition, value.get()));
        try {
            server.bytes(
                    new ApiServer.Call(
                            "PATCH", path, pods.acceptOne(), ApiServer.MERGE_PATCH, body));
        } catch (ApiFailure e) {
            if (!isGone(e, path, precondition)) {
                throw e;
            }
        }
    }

    /// The server's word for a uid that is another pod's, 422, says that ours is gone; but it may
    /// be its word for something else, and 409 that somebody was faster.
    private boolean isGone(ApiFailure failure, String path, String uid) {
        if (failure.status() != ApiFailure.CONFLICT
                && failure.status() != ApiFailure.UNPROCESSABLE) {
            return failure.status() == ApiFailure.NOT_FOUND;
        }
        try {
            JsonNode now = server.call(ApiServer.Call.get(path, pods.acceptOne()));
            return !now.path("metadata").path("uid").asText().equals(uid);
        } catch (ApiFailure e) {
            if (e.status() == ApiFailure.NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    private static ObjectNode body(String precondition, JsonNode value) {
        ObjectNode body = Json.object();
        body.putObject("metadata")
                .put("uid", precondition)
                .putObject("annotations")
                .set(NetworkStatus.KEY, value);
        return body;
    }

    /// What is late is left to the next process, which looks at every pod.
    @Override
    public void close() {
        loop.close();
    }
}
