package io.patchbay.meta.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.meta.cni.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An API server on paper: it lists in pages, watches, patches metadata as the real one does, and
/// fails when told to.
final class PaperApiServer implements AutoCloseable {
    /// What it was asked: method, path and query.
    final List<String> asked = new CopyOnWriteArrayList<>();

    /// The bodies of what was sent, each behind its method and path.
    final List<String> sent = new CopyOnWriteArrayList<>();

    private final Set<String> collections =
            new HashSet<>(
                    List.of(
                            "/api/v1/pods",
                            "/api/v1/nodes",
                            "/api/v1/namespaces",
                            "/apis/k8s.cni.cncf.io/v1/network-attachment-definitions"));
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Deque<Integer> refusals = new ArrayDeque<>();
    private final int port;
    private HttpServer http;
    private String token = "secret";
    private int version = 10;
    private int oldest;
    private String refused = "";

    private record Watch(String collection, OutputStream out) {}

    private record Change(int version, String collection, JsonNode event) {}

    PaperApiServer() {
        http = listen(0);
        port = http.getAddress().getPort();
    }

    private HttpServer listen(int at) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, at), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Goes away, with all connections.
    void stop() {
        http.stop(0);
        synchronized (this) {
            watches.clear();
        }
    }

    void restart() {
        http = listen(port);
    }

    synchronized void acceptOnly(String accepted) {
        token = accepted;
    }

    /// Refuses the next calls whose method and path begin like this, one status each.
    synchronized void refuse(String call, Integer... statuses) {
        refused = call;
        refusals.clear();
        refusals.addAll(List.of(statuses));
    }

    /// Has a kind from now on, whose objects are here.
    synchronized void define(String collection) {
        collections.add(collection);
    }

    /// Forgets what came before, as the server does after some minutes, and cuts all watches.
    synchronized void forget() {
        oldest = ++version;
        cut();
    }

    synchronized void cut() {
        for (Watch watch : watches) {
            try {
                watch.out().close();
            } catch (IOException e) {
                // It was cut already.
            }
        }
        watches.clear();
    }

    void pod(String name, String uid, String annotations) {
        put(
                "/api/v1/pods",
                "/api/v1/namespaces/core/pods/" + name,
                """
                {"metadata": {"namespace": "core", "name": "%s", "uid": "%s", "annotations": %s}}
                """
                        .formatted(name, uid, annotations));
    }

    void network(String name) {
        put(
                "/apis/k8s.cni.cncf.io/v1/network-attachment-definitions",
                "/apis/k8s.cni.cncf.io/v1/namespaces/core/network-attachment-definitions/" + name,
                """
                {"metadata": {"namespace": "core", "name": "%s"}, "spec": {"config": "{}"}}
                """
                        .formatted(name));
    }

    synchronized void put(String collection, String path, String text) {
        ObjectNode object = Json.decodeObject("object", text);
        String type = objects.containsKey(path) ? "MODIFIED" : "ADDED";
        tell(collection, type, path, object);
    }

    /// Puts it there while nobody is told.
    synchronized void putSilently(String path, String text) {
        objects.put(path, Json.decodeObject("object", text));
    }

    synchronized void delete(String collection, String path) {
        ObjectNode object = Objects.requireNonNull(objects.get(path));
        tell(collection, "DELETED", path, object);
        objects.remove(path);
    }

    synchronized JsonNode object(String path) {
        return objects.getOrDefault(path, Json.object());
    }

    synchronized List<JsonNode> under(String prefix) {
        return objects.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(objects::get)
                .map(JsonNode.class::cast)
                .toList();
    }

    private void tell(String collection, String type, String path, ObjectNode object) {
        ((ObjectNode) object.path("metadata")).put("resourceVersion", String.valueOf(++version));
        objects.put(path, object);
        ObjectNode event = Json.object().put("type", type).set("object", object.deepCopy());
        history.add(new Change(version, collection, event));
        for (Watch watch : watches) {
            if (watch.collection().equals(collection)) {
                write(watch.out(), event);
            }
        }
    }

    private static void write(OutputStream out, JsonNode json) {
        try {
            out.write((Json.text(json) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // Nobody listens there any more.
        }
    }

    private void answer(HttpExchange call) throws IOException {
        String method = call.getRequestMethod();
        String path = call.getRequestURI().getPath();
        String query = String.valueOf(call.getRequestURI().getQuery());
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(method + " " + call.getRequestURI());
        synchronized (this) {
            if (!body.isEmpty()) {
                sent.add(method + " " + path + " " + body);
            }
            String bearer = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
            if (!bearer.equals("Bearer " + token)) {
                reply(call, 401, status("who are you"));
            } else if (!refusals.isEmpty() && (method + " " + path).startsWith(refused)) {
                reply(call, refusals.pop(), status("told to refuse"));
            } else if (query.startsWith("watch=1") || query.contains("&watch=1")) {
                watch(call, path, query);
            } else if (collections.contains(path)) {
                reply(call, 200, list(path, query));
            } else {
                one(call, method, path, body);
            }
        }
    }

    private void one(HttpExchange call, String method, String path, String body)
            throws IOException {
        if (method.equals("POST")) {
            ObjectNode made = Json.decodeObject("body", body);
            objects.put(path + "/" + made.at("/metadata/name").asText(), made);
            reply(call, 201, made);
            return;
        }
        ObjectNode object = objects.get(path);
        if (object == null) {
            reply(call, 404, status("not found"));
        } else if (method.equals("PATCH")) {
            JsonNode patch = Json.decode("patch", body);
            String uid = patch.at("/metadata/uid").asText();
            if (!uid.isEmpty() && !object.at("/metadata/uid").asText().equals(uid)) {
                reply(call, 422, status("metadata.uid: field is immutable"));
                return;
            }
            String read = patch.at("/metadata/resourceVersion").asText();
            if (!read.isEmpty() && !object.at("/metadata/resourceVersion").asText().equals(read)) {
                reply(call, 409, status("the object has been modified"));
                return;
            }
            merge(object, patch);
            reply(call, 200, object);
        } else {
            reply(call, 200, object);
        }
    }

    /// RFC 7386.
    private static void merge(ObjectNode into, JsonNode patch) {
        for (var entry : patch.properties()) {
            if (entry.getValue().isNull()) {
                into.remove(entry.getKey());
            } else if (entry.getValue().isObject()) {
                merge(into.withObjectProperty(entry.getKey()), entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        }
    }

    /// Pages of two, so that a list has several.
    private ObjectNode list(String collection, String query) {
        String kind = collection.substring(collection.lastIndexOf('/'));
        List<ObjectNode> all = new ArrayList<>();
        objects.forEach((path, object) -> {
            if (path.substring(0, path.lastIndexOf('/')).endsWith(kind)) {
                all.add(object);
            }
        });
        int from =
                query.replaceFirst(".*continue=([0-9]+).*", "$1").length() < query.length()
                        ? Integer.parseInt(query.replaceFirst(".*continue=([0-9]+).*", "$1"))
                        : 0;
        ObjectNode list = Json.object().put("kind", "List");
        ArrayNode items = list.putArray("items");
        all.stream().skip(from).limit(2).forEach(items::add);
        ObjectNode metadata = list.putObject("metadata").put("resourceVersion", "" + version);
        if (from + 2 < all.size()) {
            metadata.put("continue", "" + (from + 2));
        }
        return list;
    }

    private void watch(HttpExchange call, String path, String query) throws IOException {
        call.sendResponseHeaders(200, 0);
        int from = Integer.parseInt(query.replaceFirst(".*resourceVersion=([0-9]+).*", "$1"));
        OutputStream out = call.getResponseBody();
        if (from < oldest) {
            ObjectNode gone = status("too old").put("code", 410);
            write(out, Json.object().put("type", "ERROR").set("object", gone));
            out.close();
            return;
        }
        // The server sends the headers with the first byte only.
        out.write('\n');
        out.flush();
        for (Change change : history) {
            if (change.collection().equals(path) && change.version() > from) {
                write(out, change.event());
            }
        }
        watches.add(new Watch(path, out));
    }

    private static ObjectNode status(String message) {
        return Json.object().put("kind", "Status").put("message", message);
    }

    private static void reply(HttpExchange call, int status, JsonNode body) throws IOException {
        byte[] text = Json.text(body).getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, text.length);
        try (OutputStream out = call.getResponseBody()) {
            out.write(text);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
