package io.patchbay.cloud.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// The objects of one kind, listed and then watched; listed anew after whatever went wrong. Source:
/// kubernetes.io, "Kubernetes API Concepts", efficient detection of changes.
final class Watched<T> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Watched.class.getName());
    private static final Duration REST = Duration.ofMillis(500);
    private static final int WATCH_SECONDS = 240;

    private final Api api;
    private final String path;
    private final Function<JsonNode, T> decoder;
    private final Runnable changed;
    private final CountDownLatch listed = new CountDownLatch(1);
    private final Thread thread;
    private Map<String, T> objects = Map.of();

    /// @param decoder throws IllegalArgumentException for an object that counts as absent
    /// @param changed called after every change
    Watched(Api api, String path, Function<JsonNode, T> decoder, Runnable changed) {
        this.api = api;
        this.path = path;
        this.decoder = decoder;
        this.changed = changed;
        this.thread = Thread.ofPlatform().daemon().name("watch of " + path).start(this::run);
    }

    synchronized Map<String, T> objects() {
        return objects;
    }

    /// Waits until they are known.
    void await() throws InterruptedException {
        listed.await();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                watch(list());
            } catch (ApiRefusal | UncheckedIOException | IOException e) {
                LOG.log(Level.DEBUG, "{0} is listed anew: {1}", path, e.getMessage());
                if (e instanceof ApiRefusal refusal && refusal.isNotFound()) {
                    // Nobody has defined the kind yet: there are none of it.
                    replace(Map.of());
                }
            }
            try {
                Thread.sleep(REST);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String list() {
        JsonNode list = api.get(path);
        Map<String, T> all = new HashMap<>();
        list.path("items").forEach(item -> take(all, item));
        replace(all);
        return list.path("metadata").path("resourceVersion").asText();
    }

    private void watch(String version) throws IOException {
        String query = "?watch=1&resourceVersion=%s&timeoutSeconds=%d";
        try (InputStream in = api.open(path + query.formatted(version, WATCH_SECONDS));
                MappingIterator<JsonNode> events =
                        Api.JSON.readerFor(JsonNode.class).readValues(in)) {
            while (events.hasNextValue()) {
                JsonNode event = events.nextValue();
                Map<String, T> all = new HashMap<>(objects());
                switch (event.path("type").asText()) {
                    case "ADDED", "MODIFIED" -> take(all, event.path("object"));
                    case "DELETED" -> all.remove(key(event.path("object")));
                    default -> {
                        return;
                    }
                }
                replace(all);
            }
        }
    }

    /// Takes what the server answered to a change, before the watch tells it.
    void put(JsonNode object) {
        Map<String, T> all = new HashMap<>(objects());
        take(all, object);
        replace(all);
    }

    private void take(Map<String, T> all, JsonNode object) {
        try {
            all.put(key(object), decoder.apply(object));
        } catch (IllegalArgumentException e) {
            all.remove(key(object));
            LOG.log(Level.WARNING, "left out: {0}", e.getMessage());
        }
    }

    private static String key(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText();
        return metadata.has("namespace") ? metadata.path("namespace").asText() + "/" + name : name;
    }

    private void replace(Map<String, T> all) {
        synchronized (this) {
            objects = Map.copyOf(all);
        }
        listed.countDown();
        changed.run();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
