package io.patchbay.meta.desk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves the metrics at `/metrics`, by HTTP, to whoever reaches the address.
public final class MetricsEndpoint implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final int BACKLOG = 8;
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Metrics metrics;

    private MetricsEndpoint(HttpServer server, Metrics metrics) {
        this.server = server;
        this.metrics = metrics;
        // Who asks slowly keeps nobody waiting but who asks for metrics too.
        this.threads =
                Executors.newFixedThreadPool(
                        2, Thread.ofPlatform().daemon().name("patchbay-metrics-", 1).factory());
    }

    /// @throws IOException where the address cannot be listened on
    public static MetricsEndpoint open(InetSocketAddress address, Metrics metrics)
            throws IOException {
        MetricsEndpoint endpoint =
                new MetricsEndpoint(HttpServer.create(address, BACKLOG), metrics);
        endpoint.server.setExecutor(endpoint.threads);
        endpoint.server.createContext(PATH, endpoint::answer);
        endpoint.server.start();
        return endpoint;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            // A context takes every path that begins with its own.
            if (!PATH.equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, NO_BODY);
                return;
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, NO_BODY);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", Exposition.CONTENT_TYPE);
            if (head) {
                exchange.sendResponseHeaders(200, NO_BODY);
                return;
            }
            byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
            // Of a length of 0 the JDK's server makes chunks.
            exchange.sendResponseHeaders(200, text.length == 0 ? NO_BODY : text.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(text);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
