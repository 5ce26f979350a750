package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.pod.PodRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Events on their way to the API server. Whoever tells one waits for nothing; one that is told
/// again is counted, not told twice. Where the server takes none, the newest are dropped and
/// counted. Source: events.k8s.io/v1 in the Kubernetes API reference.
final class EventQueue implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EventQueue.class.getName());

    private static final String GROUP = "/apis/events.k8s.io/v1/namespaces/";
    private static final String CONTROLLER = "io.patchbay";

    /// The server refuses a longer one.
    private static final int LONGEST_NOTE = 1024;

    private static final int WAITING = 256;
    private static final int REMEMBERED = 512;

    /// Six digits, be they zeros.
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final ApiServer server;
    private final String node;
    private final InstantSource clock;
    private final Map<Told, Integer> waiting = new LinkedHashMap<>();
    private final Map<Told, Sent> sent =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Told, Sent> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final Loop loop;
    private long dropped;

    /// What makes two events one.
    private record Told(Optional<PodRef> pod, EventType type, String reason, String sentence) {
        /// An event of what is in no namespace is in this one.
        String namespace() {
            return pod.map(PodRef::namespace).orElse("default");
        }
    }

    private record Sent(String name, int count) {}

    EventQueue(ApiServer server, String node, InstantSource clock) {
        this.server = server;
        this.node = node;
        this.clock = clock;
        this.loop = new Loop("patchbay-events", this::send);
    }

    void start() {
        loop.start();
    }

    synchronized void tell(Optional<PodRef> pod, EventType type, String reason, String sentence) {
        wait(new Told(pod, type, reason, sentence), 1);
        notifyAll();
    }

    private synchronized void wait(Told told, int times) {
        if (waiting.size() < WAITING || waiting.containsKey(told)) {
            waiting.merge(told, times, Integer::sum);
        } else {
            dropped += times;
        }
    }

    private synchronized Map.Entry<Told, Integer> take() throws InterruptedException {
        while (waiting.isEmpty()) {
            if (dropped > 0) {
                LOG.log(
                        Level.WARNING,
                        "{0} events were dropped, for the API server took none",
                        Long.toString(dropped));
                dropped = 0;
            }
            wait();
        }
        Told first = waiting.keySet().iterator().next();
        return Map.entry(first, waiting.remove(first));
    }

    private void send() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
        try {
            while (true) {
                Map.Entry<Told, Integer> next = take();
                try {
                    send(next.getKey(), next.getValue());
                    backoff.reset();
                } catch (ApiFailure e) {
                    LOG.log(Level.DEBUG, "an event is not taken: {0}", e.sentence());
                    if (e.isPassing()) {
                        wait(next.getKey(), next.getValue());
                        backoff.pause(e.retryAfter());
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "events are told no longer");
        }
    }

    private void send(Told told, int times) {
        Sent before = sent.get(told);
        if (before != null) {
            try {
                Sent now = new Sent(before.name(), before.count() + times);
                String path = GROUP + told.namespace() + "/events/" + before.name();
                server.bytes(
                        ApiServer.Call.send("PATCH", path, ApiServer.MERGE_PATCH, series(now)));
                sent.put(told, now);
                return;
            } catch (ApiFailure e) {
                // The server forgets events after an hour.
                if (e.status() != ApiFailure.NOT_FOUND) {
                    throw e;
                }
            }
        }
        sent.remove(told);
        String name =
                "%s.%x".formatted(told.pod().map(PodRef::name).orElse(node), System.nanoTime());
        ObjectNode event = event(told, name);
        server.bytes(
                ApiServer.Call.send(
                        "POST", GROUP + told.namespace() + "/events", ApiServer.JSON, event));
        sent.put(told, new Sent(name, 1));
        if (times > 1) {
            send(told, times - 1);
        }
    }

    private ObjectNode series(Sent now) {
        ObjectNode patch = Json.object();
        patch.putObject("series").put("count", now.count()).put("lastObservedTime", now());
        return patch;
    }

    private ObjectNode event(Told told, String name) {
        ObjectNode event = Json.object();
        event.put("apiVersion", "events.k8s.io/v1").put("kind", "Event");
        event.putObject("metadata").put("name", name).put("namespace", told.namespace());
        event.put("eventTime", now())
                .put("reportingController", CONTROLLER)
                .put("reportingInstance", node)
                .put("action", "Attach")
                .put("reason", told.reason())
                .put("type", told.type().toString())
                .put("note", note(told.sentence()));
        ObjectNode regarding = event.putObject("regarding").put("apiVersion", "v1");
        if (told.pod().isPresent()) {
            PodRef pod = told.pod().get();
            regarding
                    .put("kind", "Pod")
                    .put("namespace", pod.namespace())
                    .put("name", pod.name())
                    .put("uid", pod.uid());
        } else {
            regarding.put("kind", "Node").put("name", node).put("uid", node);
        }
        return event;
    }

    private static String note(String sentence) {
        return sentence.length() <= LONGEST_NOTE
                ? sentence
                : sentence.substring(0, LONGEST_NOTE - 1) + "…";
    }

    private String now() {
        return MICRO_TIME.format(clock.instant());
    }

    @Override
    public void close() {
        loop.close();
    }
}
