package io.patchbay.cloud.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.cloud.http.ServiceThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// The faults over HTTP, as JSON. `GET` and `PUT /weather`, `POST /next`, `GET` and `DELETE
/// /calls`, `GET /throttled`, `GET /refused`; `DELETE /weather` ends all faults. What it does not
/// understand is 400 with a sentence.
public final class ControlService implements AutoCloseable {
    private record Answer(int status, Object body) {}

    private final Faults faults;
    private final HttpServer server;
    private final ExecutorService threads = ServiceThreads.of("control");

    private ControlService(Faults faults, HttpServer server) {
        this.faults = faults;
        this.server = server;
    }

    /// Listens at an address of this process's network namespace; at port 0, at a free one.
    public static ControlService open(Faults faults, InetSocketAddress address) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            ControlService service = new ControlService(faults, server);
            server.setExecutor(service.threads);
            server.createContext("/", service::answer);
            server.start();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException("the control API cannot listen at " + address, e);
        }
    }

    public URI endpoint() {
        InetSocketAddress at = server.getAddress();
        return URI.create("http://%s:%d".formatted(at.getAddress().getHostAddress(), at.getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = decide(exchange, body);
            byte[] bytes = WeatherJson.JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer decide(HttpExchange exchange, String body) {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        try {
            return switch (what) {
                case "GET /weather" -> weather();
                case "PUT /weather" -> {
                    faults.set(WeatherJson.decodeWeather(parse(body)));
                    yield weather();
                }
                case "DELETE /weather" -> {
                    faults.clear();
                    yield weather();
                }
                case "POST /next" -> next(parse(body));
                case "GET /calls" -> new Answer(200, faults.calls());
                case "DELETE /calls" -> {
                    faults.resetCalls();
                    yield new Answer(200, faults.calls());
                }
                case "GET /throttled" -> new Answer(200, faults.throttled());
                case "GET /refused" -> new Answer(200, faults.refused());
                default -> error(404, "there is no " + what);
            };
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Answer weather() {
        return new Answer(200, WeatherJson.encode(faults.weather()));
    }

    private Answer next(JsonNode json) {
        String action = json.path("action").asText(Weather.ALL);
        int times = json.path("times").asInt(1);
        faults.next(action, times, WeatherJson.decodeFault(json));
        return new Answer(200, Map.of("action", action, "times", times));
    }

    private static JsonNode parse(String body) {
        try {
            return WeatherJson.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Answer error(int status, String sentence) {
        return new Answer(status, Map.of("error", sentence));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
