package io.patchbay.cloud.imds;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.cloud.http.ServiceThreads;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Ledger;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/// IMDSv2. It listens in the fabric, where every node's first interface leads, and knows an
/// instance by the address it sends from. Safe from any thread but a virtual one. Source: EC2 user
/// guide, "Use the Instance Metadata Service".
public final class MetadataService implements AutoCloseable {
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String TTL = "X-aws-ec2-metadata-token-ttl-seconds";
    private static final String TOKEN_PATH = "/latest/api/token";
    private static final String ROOT = "/latest/";
    private static final int MOST_HOPS = 64;

    private record Answer(int status, String body) {
        static Answer empty(int status) {
            return new Answer(status, "");
        }
    }

    private final Ledger ledger;
    private final Function<InetAddress, Optional<String>> asker;
    private final Consumer<Integer> hops;
    private final HttpServer server;
    private final Tokens tokens;
    private final Failures failures = new Failures();
    private final ExecutorService threads = ServiceThreads.of("metadata");
    private volatile Duration lag = Duration.ZERO;
    private volatile Function<Instance, Optional<Credentials>> credentials =
            instance -> Optional.empty();

    private MetadataService(
            Ledger ledger,
            Function<InetAddress, Optional<String>> asker,
            Consumer<Integer> hops,
            InstantSource clock,
            HttpServer server) {
        this.ledger = ledger;
        this.asker = asker;
        this.hops = hops;
        this.tokens = new Tokens(clock);
        this.server = server;
    }

    /// @param fabric where the address is, and is reached
    /// @param clock by which tokens expire
    public static MetadataService open(
            Ledger ledger, Netns fabric, InetAddress address, InstantSource clock) {
        return start(
                new MetadataService(
                        ledger,
                        from -> owner(ledger, from),
                        hops -> fabric.nft().apply(timeToLive(address, hops)),
                        clock,
                        fabric.inside(() -> bind(new InetSocketAddress(address, 80)))));
    }

    /// Listens at an address of this process's network namespace, at port 0 at a free one, and
    /// takes whoever asks for one instance. It has no hop limit.
    public static MetadataService open(
            Ledger ledger, InetSocketAddress address, String instance, InstantSource clock) {
        return start(
                new MetadataService(
                        ledger,
                        _ -> Optional.of(instance),
                        _ -> {
                            throw new IllegalStateException("there are no hops to an own address");
                        },
                        clock,
                        bind(address)));
    }

    private static MetadataService start(MetadataService service) {
        service.server.setExecutor(service.threads);
        service.server.createContext("/", service::answer);
        service.server.start();
        return service;
    }

    private static Optional<String> owner(Ledger ledger, InetAddress address) {
        return ledger.now()
                .owner(address)
                .flatMap(eni -> eni.attachment().map(Attachment::instance));
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static HttpServer bind(InetSocketAddress address) {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Forgets every token, as IMDS does at its own restart.
    public void forgetTokens() {
        tokens.forget();
    }

    /// Tells the VPC as it was so long ago; at first, as it is.
    public void lag(Duration value) {
        lag = value;
    }

    /// Tells the credentials of each instance's role; at first, none has one.
    public void credentials(Function<Instance, Optional<Credentials>> supplier) {
        credentials = supplier;
    }

    /// Answers the next requests below a path, such as `/latest/api/`, by a status without a body.
    /// What was asked for earlier comes first.
    public void fail(String path, int status, int times) {
        if (status < 400 || status > 599 || times < 1) {
            throw new IllegalArgumentException(
                    "status %d is no failure, or %d is no number of times"
                            .formatted(status, times));
        }
        failures.add(path, status, times);
    }

    /// Answers the truth again.
    public void recover() {
        failures.clear();
    }

    /// Limits how far an answer goes: 1 reaches the instance itself, and not a pod behind it; at
    /// first it is 64. It is the time to live of all that is sent, where EC2's is that of tokens.
    public void hopLimit(int limit) {
        if (limit < 1 || limit > MOST_HOPS) {
            throw new IllegalArgumentException(
                    "%d is no hop limit: it is 1 to %d".formatted(limit, MOST_HOPS));
        }
        hops.accept(limit);
    }

    private static String timeToLive(InetAddress address, int hops) {
        return """
        table ip imds {
            chain output {
                type filter hook output priority mangle; policy accept;
            }
        }
        flush chain ip imds output
        add rule ip imds output ip saddr %s ip ttl set %d
        """
                .formatted(Cidr.text(address), hops);
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
        OptionalInt failure = failures.next(path);
        if (failure.isPresent()) {
            return Answer.empty(failure.getAsInt());
        }
        // IMDSv2 refuses what came through a proxy.
        if (exchange.getRequestHeaders().containsKey("X-Forwarded-For")) {
            return Answer.empty(403);
        }
        if (path.equals(TOKEN_PATH)) {
            return exchange.getRequestMethod().equals("PUT")
                    ? tokens.give(exchange.getRequestHeaders().getFirst(TTL))
                            .map(token -> new Answer(200, token))
                            .orElse(Answer.empty(400))
                    : Answer.empty(405);
        }
        if (!tokens.isGood(exchange.getRequestHeaders().getFirst(TOKEN))) {
            return Answer.empty(401);
        }
        return Optional.of(path)
                .filter(wanted -> wanted.startsWith(ROOT))
                .flatMap(wanted -> read(exchange, wanted.substring(ROOT.length())))
                .map(body -> new Answer(200, body))
                .orElse(Answer.empty(404));
    }

    /// Whose packet it is, is known now; what is told, may be of then.
    private Optional<String> read(HttpExchange exchange, String path) {
        Vpc then = ledger.before(lag);
        return asker.apply(exchange.getRemoteAddress().getAddress())
                .flatMap(id -> Optional.ofNullable(then.instances().get(id)))
                .flatMap(instance ->
                        Tree.of(then, instance, credentials.apply(instance)).find(path));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
