package io.patchbay.meta.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Keeps a mirror as the API server is: lists once, then watches from there. A watch that is cut
/// goes on where it was; only where the server has forgotten that place it is listed again. Source:
/// kubernetes.io, "Kubernetes API Concepts", efficient detection of changes.
final class Reflector<T> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Reflector.class.getName());

    /// How long the server lets a watch last, and as much more at most.
    private static final Duration LEAST_WATCH = Duration.ofMinutes(4);

    /// A watch that is older than asked for hangs on a connection that nobody has at its other end.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ApiServer server;
    private final Kind<T> kind;
    private final Mirror<T> mirror = new Mirror<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    private final Loop loop;
    private @Nullable InputStream open;
    private volatile boolean closed;
    private volatile String trouble = "";

    Reflector(ApiServer server, Kind<T> kind) {
        this.server = server;
        this.kind = kind;
        this.loop = new Loop("patchbay-" + kind.resource(), this::run);
    }

    void start() {
        loop.start();
    }

    Mirror<T> mirror() {
        return mirror;
    }

    /// Why there is no news, in one sentence; empty while there is.
    Optional<String> trouble() {
        return Optional.of(trouble).filter(sentence -> !sentence.isEmpty());
    }

    /// Refuses with 11 for as long as they have not been listed.
    void requireComplete() {
        if (!mirror.isComplete()) {
            throw CniException.tryAgain(
                    "the %s of %s are not known yet%s"
                            .formatted(
                                    kind.plural(),
                                    server.title(),
                                    trouble().map(": "::concat).orElse("")));
        }
    }

    private void run() {
        String version = "";
        while (!closed) {
            Duration least = Duration.ZERO;
            try {
                if (version.isEmpty()) {
                    version = list();
                    LOG.log(Level.DEBUG, "{0} listed at {1}", kind.plural(), version);
                }
                version = watch(version);
            } catch (ApiFailure e) {
                version = e.status() == ApiFailure.GONE ? "" : version;
                least = e.retryAfter();
                if (!closed) {
                    failed(e);
                }
            } catch (RuntimeException e) {
                // A thread that ended would leave the mirror as it is for ever.
                LOG.log(Level.ERROR, "a bug while " + kind.plural() + " were watched", e);
                version = "";
            }
            if (!closed && !rest(least)) {
                return;
            }
        }
    }

    private boolean rest(Duration least) {
        try {
            backoff.pause(least);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void succeeded() {
        backoff.reset();
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.log(Level.INFO, "{0} of {1} are watched again", kind.plural(), server.title());
        }
    }

    private void failed(ApiFailure failure) {
        String sentence = sentence(failure);
        LOG.log(
                trouble.isEmpty() ? Level.WARNING : Level.DEBUG,
                "{0} of {1} are not watched, and it is tried again: {2}",
                kind.plural(),
                server.title(),
                sentence);
        trouble = sentence;
        if (failure.status() == ApiFailure.NOT_FOUND && !mirror.isComplete()) {
            // Nobody has defined the kind: there are none of it, until somebody does. Whoever sees
            // that there are none can see why.
            mirror.complete(Set.of());
        }
    }

    private String sentence(ApiFailure failure) {
        return switch (failure.status()) {
            case ApiFailure.NOT_FOUND ->
                    "the cluster has no %s of %s, for nobody has defined them there: %s"
                            .formatted(kind.resource(), kind.group(), failure.sentence());
            case ApiFailure.FORBIDDEN ->
                    "get, list and watch of %s in %s are rights that the daemon's account has to have: %s"
                            .formatted(kind.resource(), kind.group(), failure.sentence());
            default -> failure.sentence();
        };
    }

    /// Returns from where to watch.
    private String list() {
        Set<String> listed = new HashSet<>();
        String version = "";
        String next = "";
        do {
            ApiServer.Call call = ApiServer.Call.get(kind.page(next), kind.acceptList());
            ObjectList page = page(call, listed);
            version = page.resourceVersion();
            next = page.next();
        } while (!next.isEmpty());
        mirror.complete(listed);
        succeeded();
        return version;
    }

    private ObjectList page(ApiServer.Call call, Set<String> listed) {
        try {
            return ObjectList.read(server.bytes(call), item -> listed.add(take(item)));
        } catch (JsonProcessingException e) {
            throw new ApiFailure(
                    "the answer to %s is broken: %s".formatted(call, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new ApiFailure("the answer to %s is broken: %s".formatted(call, e), e);
        }
    }

    /// Returns from where to go on. A watch that ends by itself is nothing wrong.
    private String watch(String version) {
        long seconds =
                LEAST_WATCH.toSeconds()
                        + ThreadLocalRandom.current().nextLong(LEAST_WATCH.toSeconds());
        ApiServer.Call call =
                ApiServer.Call.get(
                        kind.query(
                                "watch=1",
                                "allowWatchBookmarks=true",
                                "resourceVersion=" + Kind.escaped(version),
                                "timeoutSeconds=" + seconds),
                        kind.acceptOne());
        String last = version;
        try (InputStream in = opened(server.stream(call));
                Alarm _ = Alarm.after(Duration.ofSeconds(seconds).plus(GRACE), this::cut);
                MappingIterator<JsonNode> events = ObjectList.ONE_OF_MANY.readValues(in)) {
            succeeded();
            while (events.hasNextValue()) {
                last = take(events.nextValue(), last);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "the watch of {0} was cut: {1}", kind.plural(), e);
        }
        return last;
    }

    /// @param event one of a watch
    private String take(JsonNode event, String last) {
        JsonNode object = event.path("object");
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> take(object);
            case "DELETED" -> mirror.remove(name(object));
            case "BOOKMARK" -> {}
            default ->
                    throw new ApiFailure(
                            object.path("code").asInt(ApiFailure.GONE),
                            "the watch of %s ended: %s"
                                    .formatted(kind.plural(), object.path("message").asText()));
        }
        String version = object.path("metadata").path("resourceVersion").asText();
        return version.isEmpty() ? last : version;
    }

    /// One that cannot be read is left as it was, and named. Returns its key.
    private String take(JsonNode object) {
        String name = name(object);
        try {
            T read =
                    kind.decoder()
                            .apply(JsonObject.read("%s %s".formatted(kind.plural(), name), object));
            mirror.put(name, read);
        } catch (CniException e) {
            LOG.log(Level.WARNING, "left out: {0}", e.getMessage());
        }
        return name;
    }

    private static String name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private synchronized InputStream opened(InputStream stream) {
        open = stream;
        if (closed) {
            cut();
        }
        return stream;
    }

    /// Ends the watch, as the end of the connection would.
    private synchronized void cut() {
        try (InputStream _ = open) {
            open = null;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a watch ends with a failure: {0}", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        cut();
        loop.close();
    }
}
