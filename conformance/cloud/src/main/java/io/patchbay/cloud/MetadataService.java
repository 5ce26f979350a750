package io.patchbay.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// IMDSv2. It listens in the fabric, where every node's first interface leads, and knows a node by
/// the address it sends from. Source: EC2 user guide, "Use the Instance Metadata Service".
final class MetadataService implements AutoCloseable {
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String TTL = "X-aws-ec2-metadata-token-ttl-seconds";
    private static final String TOKEN_PATH = "/latest/api/token";
    private static final String DATA_PATH = "/latest/meta-data/";
    private static final int LONGEST_TTL = 21600;

    private record Answer(int status, String body) {}

    private final VpcState state;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

    private MetadataService(VpcState state, HttpServer server) {
        this.state = state;
        this.server = server;
    }

    static MetadataService open(VpcState state, Netns fabric, InetAddress address) {
        MetadataService service =
                new MetadataService(
                        state, fabric.inside(() -> bind(new InetSocketAddress(address, 80))));
        service.server.setExecutor(service.threads);
        service.server.createContext("/", service::answer);
        service.server.start();
        return service;
    }

    private static HttpServer bind(InetSocketAddress address) {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Forgets every token, as IMDS does at its own restart.
    void forgetTokens() {
        tokens.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = decide(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer decide(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        // IMDSv2 refuses what came through a proxy.
        if (exchange.getRequestHeaders().containsKey("X-Forwarded-For")) {
            return new Answer(403, "");
        }
        if (path.equals(TOKEN_PATH)) {
            return exchange.getRequestMethod().equals("PUT")
                    ? token(exchange.getRequestHeaders().getFirst(TTL))
                    : new Answer(405, "");
        }
        if (!isValid(exchange.getRequestHeaders().getFirst(TOKEN))) {
            return new Answer(401, "");
        }
        return Optional.of(path)
                .filter(wanted -> wanted.startsWith(DATA_PATH))
                .flatMap(wanted -> read(exchange, wanted.substring(DATA_PATH.length())))
                .map(body -> new Answer(200, body))
                .orElse(new Answer(404, ""));
    }

    private Answer token(@Nullable String ttl) {
        if (ttl == null || !ttl.matches("[0-9]{1,5}")) {
            return new Answer(400, "");
        }
        int seconds = Integer.parseInt(ttl);
        if (seconds < 1 || seconds > LONGEST_TTL) {
            return new Answer(400, "");
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, Instant.now().plus(Duration.ofSeconds(seconds)));
        return new Answer(200, token);
    }

    private boolean isValid(@Nullable String token) {
        Instant end = token == null ? null : tokens.get(token);
        return end != null && Instant.now().isBefore(end);
    }

    private Optional<String> read(HttpExchange exchange, String path) {
        return state.owner(exchange.getRemoteAddress().getAddress())
                .flatMap(node -> MetadataTree.of(node, state.cidr()).find(path));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
